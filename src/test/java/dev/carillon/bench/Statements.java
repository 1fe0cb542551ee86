package dev.carillon.bench;

import java.util.Map;

/** With {@code -Dbench.statements}: where PostgreSQL spent its time, by statement. */
final class Statements {

    private static final boolean WANTED = Bench.flag("bench.statements");

    /** Microseconds for each of the things done, and how many of them one call served. */
    private static final String LIST = """
            select format('  %s us + %s to plan, %s calls of %s us, %s rows: %s', round((total_exec_time * 1000 / {count})::numeric, 1),
              round((total_plan_time * 1000 / {count})::numeric, 1), calls, round((total_exec_time * 1000 / greatest(calls, 1))::numeric), rows,
              left(regexp_replace(query, '\\s+', ' ', 'g'), 150)) as line
            from public.pg_stat_statements order by total_exec_time + total_plan_time desc limit 25
            """;

    private final Database database;

    Statements(Database database) throws Exception {
        this.database = database;
        if (WANTED) {
            database.run("create extension pg_stat_statements with schema public");
        }
    }

    /** What the server must be started with. */
    static Map<String, String> settings() {
        return WANTED
                ? Map.of("shared_preload_libraries", "pg_stat_statements", "pg_stat_statements.track_planning", "on")
                : Map.of();
    }

    void forget() throws Exception {
        if (WANTED) {
            database.run("select public.pg_stat_statements_reset()");
        }
    }

    void print(int count) throws Exception {
        if (WANTED) {
            System.out.println(database.text("select string_agg(line, e'\\n') from ("
                    + LIST.replace("{count}", Integer.toString(count)) + ") statement"));
        }
    }
}
