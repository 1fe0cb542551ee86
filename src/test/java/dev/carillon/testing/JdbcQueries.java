package dev.carillon.testing;

import dev.carillon.platform.postgres.PostgresAddress;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** What a test asks the database of a service that runs as a process of its own. */
public final class JdbcQueries {

    private JdbcQueries() {}

    public static Connection connect(PostgresAddress database) throws SQLException {
        return DriverManager.getConnection(
                database.jdbcUrl() + "?currentSchema=carillon", database.user(), database.password());
    }

    /** The first column of the only row. */
    public static long number(Connection connection, String query) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    /** The first column of all rows. */
    public static List<String> texts(Connection connection, String query) throws SQLException {
        var texts = new ArrayList<String>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
        }
        return texts;
    }
}
