package dev.carillon.platform.postgres;

/** A PostgreSQL's address and its login. */
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
