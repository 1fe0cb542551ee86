package dev.carillon.platform.postgres;

/** Where a PostgreSQL answers and as whom to log in. */
public record PostgresAddress(String host, int port, String database, String user, String password) {

    public String jdbcUrl() {
        return "jdbc:" + reactiveUrl();
    }

    public String reactiveUrl() {
        return "postgresql://" + host + ":" + port + "/" + database;
    }

    /** Leaves the password out: addresses end up in logs. */
    @Override
    public String toString() {
        return reactiveUrl() + " as " + user;
    }
}
