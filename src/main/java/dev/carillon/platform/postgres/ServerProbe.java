package dev.carillon.platform.postgres;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.postgresql.Driver;

/** Checks whether the process on a port of this machine is the server of one data directory. */
record ServerProbe(ServerFiles files) {

    private static final String DATABASE_MISSING = "3D000";
    private static final String STARTING_OR_STOPPING = "57P03";

    sealed interface ProbeAnswer {

        /** It is, and the application's database exists. */
        record Ready(PostgresAddress address, String version) implements ProbeAnswer {}

        /** A PostgreSQL that accepts no connections at the moment. */
        record NotNow() implements ProbeAnswer {}

        /** Nothing listens there, or something else. */
        record NotIt(String why) implements ProbeAnswer {}
    }

    ProbeAnswer ask(int port) {
        if (port == 0) {
            return new ProbeAnswer.NotIt("no port known");
        }
        var address = new PostgresAddress(
                "127.0.0.1", port, ServerFiles.DATABASE, ServerFiles.SUPERUSER, files.readPassword());
        try {
            return identify(address);
        } catch (SQLException e) {
            return STARTING_OR_STOPPING.equals(e.getSQLState())
                    ? new ProbeAnswer.NotNow()
                    : new ProbeAnswer.NotIt(String.valueOf(e.getMessage()));
        }
    }

    private ProbeAnswer identify(PostgresAddress address) throws SQLException {
        try (Connection connection = connectMakingTheDatabase(address)) {
            // the password alone does not prove it: a copied data directory has the same one
            Path data = Path.of(valueOf(connection, "SHOW data_directory"));
            return data.equals(files.data())
                    ? new ProbeAnswer.Ready(address, connection.getMetaData().getDatabaseProductVersion())
                    : new ProbeAnswer.NotIt("it serves " + data);
        }
    }

    private static Connection connectMakingTheDatabase(PostgresAddress address) throws SQLException {
        try {
            return connect(address);
        } catch (SQLException e) {
            if (!DATABASE_MISSING.equals(e.getSQLState())) {
                throw e;
            }
            prepareCluster(address);
            return connect(address);
        }
    }

    private static void prepareCluster(PostgresAddress address) throws SQLException {
        var maintenance =
                new PostgresAddress(address.host(), address.port(), "postgres", address.user(), address.password());
        try (Connection connection = connect(maintenance);
                Statement statement = connection.createStatement()) {
            // not every platform's build has lz4, and the alternative costs more CPU than the WAL it saves
            String methods =
                    valueOf(connection, "SELECT enumvals::text FROM pg_settings WHERE name = 'wal_compression'");
            if (methods.contains("lz4")) {
                statement.execute("ALTER SYSTEM SET wal_compression = lz4");
                statement.execute("SELECT pg_reload_conf()");
            }
            statement.execute("CREATE DATABASE " + address.database());
        }
    }

    private static String valueOf(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static Connection connect(PostgresAddress address) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", address.user());
        properties.setProperty("password", address.password());
        properties.setProperty("sslmode", "disable");
        properties.setProperty("gssEncMode", "disable");
        properties.setProperty("connectTimeout", "5");
        properties.setProperty("socketTimeout", "30");
        Connection connection = new Driver().connect(address.jdbcUrl(), properties);
        if (connection == null) {
            throw new SQLException("The PostgreSQL driver does not know " + address.jdbcUrl());
        }
        return connection;
    }
}
