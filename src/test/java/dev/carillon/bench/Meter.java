package dev.carillon.bench;

/** What a service and its PostgreSQL use while something is done. */
final class Meter {

    interface Work {
        void run() throws Exception;
    }

    private final long service;
    private final long postgres;
    private final Database database;
    private final Statements statements;

    Meter(long service, long postgres, Database database, Statements statements) {
        this.service = service;
        this.postgres = postgres;
        this.database = database;
        this.statements = statements;
    }

    Cost costOf(int count, Work work) throws Exception {
        statements.forget();
        long service = ProcessCpu.of(this.service);
        long postgres = ProcessCpu.ofFamily(this.postgres);
        long wal = walBytes();
        long began = System.nanoTime();
        work.run();
        double seconds = (System.nanoTime() - began) / 1e9;
        var cost = new Cost(
                count,
                seconds,
                ProcessCpu.of(this.service) - service,
                ProcessCpu.ofFamily(this.postgres) - postgres,
                walBytes() - wal);
        statements.print(count);
        return cost;
    }

    private long walBytes() throws Exception {
        return database.number("select pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')");
    }
}
