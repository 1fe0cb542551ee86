package dev.carillon.bench;

import dev.carillon.platform.postgres.PostgresAddress;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;

/** A connection for whoever measures. */
final class Database implements AutoCloseable {

    private static final Duration AT_MOST = Duration.ofMinutes(5);

    private final Connection connection;

    Database(PostgresAddress address, String schema) throws SQLException {
        connection = DriverManager.getConnection(
                address.jdbcUrl() + "?currentSchema=" + schema, address.user(), address.password());
    }

    long number(String query) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    String text(String query) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }

    double seconds(String query) throws SQLException {
        return Double.parseDouble(text(query));
    }

    /** @param query a row of three numbers of milliseconds */
    Quantiles quantiles(String query) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            rows.next();
            return new Quantiles(rows.getDouble(1), rows.getDouble(2), rows.getDouble(3));
        }
    }

    void run(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Asks every 20 ms, by way of indexes: whoever drains leaves dead rows behind. */
    void until(String condition) throws Exception {
        run("set enable_seqscan = off");
        long deadline = System.nanoTime() + AT_MOST.toNanos();
        while (!"t".equals(text("select " + condition))) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("Not within " + AT_MOST + ": " + condition);
            }
            Thread.sleep(20);
        }
        run("reset enable_seqscan");
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
