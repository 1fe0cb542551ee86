package dev.carillon.bench;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Rows that the service wrote once, written many times over with SQL as it would have written them: only ids, times and states are other
 * ones, and whatever else there is in a row comes along.
 */
final class Copies {

    private static final String SCHEMA = "create schema if not exists bench";

    /** A ULID of a time and a number, in the letters of Crockford's base 32. */
    private static final String ULID = """
            create or replace function bench.ulid(mark text, at timestamptz, n bigint) returns text language sql immutable as $$
              select substr(s, 1 + (ms >> 45 & 31)::int, 1) || substr(s, 1 + (ms >> 40 & 31)::int, 1) || substr(s, 1 + (ms >> 35 & 31)::int, 1)
                || substr(s, 1 + (ms >> 30 & 31)::int, 1) || substr(s, 1 + (ms >> 25 & 31)::int, 1) || substr(s, 1 + (ms >> 20 & 31)::int, 1)
                || substr(s, 1 + (ms >> 15 & 31)::int, 1) || substr(s, 1 + (ms >> 10 & 31)::int, 1) || substr(s, 1 + (ms >> 5 & 31)::int, 1)
                || substr(s, 1 + (ms & 31)::int, 1) || lpad(mark, 4, 'B') || lpad(n::text, 12, '0')
              from (select '0123456789ABCDEFGHJKMNPQRSTVWXYZ' as s, (extract(epoch from at) * 1000)::bigint as ms) t
            $$
            """;

    private static final String COPY = """
            insert into {table} select copy.* from bench.{table} one cross join generate_series(1::bigint, {count}) n
            cross join lateral (select {at} as moment) t
            cross join lateral (select bench.ulid('{mark}', moment, n) as ulid, 'cust-' || n % {customers} as whose) u
            cross join lateral jsonb_populate_record(one, jsonb_build_object({changes})) copy
            """;

    private final Database database;
    private int marks;

    Copies(Database database) {
        this.database = database;
    }

    /** Keeps, to copy them from, what there is of a notification that was sent and of one that is held. */
    void prepare() throws Exception {
        database.run(SCHEMA);
        database.run(ULID);
        keep("outbox", "where state = 2 limit 1");
        keep("attempt", "order by ended_at desc limit 1");
        keep("delivery", "where id = (select delivery_id from bench.attempt)");
        keep("notification", "where id = (select notification_id from bench.delivery)");
        keep("business_key", "where notification_id = (select id from bench.notification)");
    }

    private void keep(String table, String which) throws Exception {
        database.run("create table bench." + table + " as select * from " + table + " " + which);
    }

    /** Accepted a moment ago, to be sent now. */
    void due(int count) throws Exception {
        var batch = new Batch(count, "timestamptz '" + Instant.now() + "'");
        batch.messages();
        batch.queued(Map.of("state", "0", "due_at", "moment"));
    }

    /** Held until one of the days to come. */
    void waiting(int count) throws Exception {
        var batch = new Batch(count, "timestamptz '" + Instant.now() + "'");
        batch.messages();
        batch.queued(Map.of("state", "2", "due_at", "moment + interval '1 day' + n * interval '1 second'"));
        database.run("vacuum analyze outbox");
    }

    /** Sent in the last eight weeks, evenly. */
    void past(int count) throws Exception {
        database.run("select make_partitions(now() - interval '8 weeks', 8)");
        var batch = new Batch(
                count, "timestamptz '%s' - (%d - n) * (interval '8 weeks' / %2$d)".formatted(Instant.now(), count));
        batch.messages();
        batch.copy("attempt", Map.of("delivery_id", "ulid", "started_at", "moment", "ended_at", "moment"));
        // or the vacuum of all that was loaded is charged to what is measured
        database.run("vacuum analyze notification, delivery, business_key, attempt");
    }

    /** Customers {@code <prefix>-1} and so on, who are what another one is, and have in the cart what that one has. */
    void holders(String customer, int count) throws Exception {
        copyOf("customer", "id", customer, count);
        copyOf("customer_version", "id", customer, count);
        copyOf("preference", "customer_id", customer, count);
        copyOf("preference_version", "customer_id", customer, count);
        copyOf("memory_relation", "customer_id", customer, count);
        database.run("vacuum analyze customer, customer_version, preference, preference_version, memory_relation");
    }

    /** Customers {@code cust-1} and so on, who are what {@code cust-0} is. */
    void customers(int count) throws Exception {
        copyOf("customer", "id", "cust-0", "cust", count);
        copyOf("customer_version", "id", "cust-0", "cust", count);
    }

    private void copyOf(String table, String id, String customer, int count) throws Exception {
        copyOf(table, id, customer, customer, count);
    }

    private void copyOf(String table, String id, String customer, String prefix, int count) throws Exception {
        keep(table, "where " + id + " = '" + customer + "'");
        new Batch(count, "now()").copy(table, Map.of(id, "'" + prefix + "-' || n"));
    }

    /** Rows that belong together: they have the same ids. */
    private final class Batch {

        private final int count;
        private final String at;
        private final String mark = Integer.toString(++marks);

        /** @param at SQL of the time of the one numbered {@code n} */
        Batch(int count, String at) {
            this.count = count;
            this.at = at;
        }

        /** What is not queued and not tried yet. */
        void messages() throws Exception {
            copy("business_key", Map.of("key", "'copy/' || ulid", "notification_id", "ulid", "created_at", "moment"));
            copy(
                    "notification",
                    Map.of(
                            "id",
                            "ulid",
                            "created_at",
                            "moment",
                            "customer_id",
                            "whose",
                            "business_key",
                            "'copy/' || ulid"));
            copy("delivery", Map.of("id", "ulid", "created_at", "moment", "notification_id", "ulid"));
        }

        void queued(Map<String, String> state) throws Exception {
            var changes = new TreeMap<>(state);
            changes.putAll(Map.of("delivery_id", "ulid", "created_at", "moment", "customer_id", "whose"));
            changes.putAll(Map.of(
                    "not_before",
                    "null",
                    "hold_reason",
                    "null",
                    "judged_as_of",
                    "(select position from journal_head)"));
            copy("outbox", changes);
        }

        /** @param changes column → SQL of what it holds, of {@code n}, {@code moment}, {@code ulid} and {@code whose} */
        void copy(String table, Map<String, String> changes) throws Exception {
            database.run(COPY.replace("{table}", table)
                    .replace("{count}", Integer.toString(count))
                    .replace("{at}", at)
                    .replace("{mark}", mark)
                    .replace("{customers}", Integer.toString(Bench.CUSTOMERS))
                    .replace(
                            "{changes}",
                            changes.entrySet().stream()
                                    .map(change -> "'" + change.getKey() + "', " + change.getValue())
                                    .collect(Collectors.joining(", "))));
        }
    }
}
