package dev.carillon.bench;

import java.sql.SQLException;

/**
 * A past of any length, written with SQL as the application would have written it: events of eight weeks in the order of
 * their positions, a hundredth of them first and the others between them later; timers that wait for the next weeks.
 */
final class BulkLoad {

    /** Thinned out, so that a short past lies as a long one does. */
    static final int SPREAD = 100;

    private final ServiceUnderLoad service;
    private final int customers;
    private final int events;
    private final int timers;

    BulkLoad(ServiceUnderLoad service, int customers, int events, int timers) {
        this.service = service;
        this.customers = customers;
        this.events = events;
        this.timers = timers;
    }

    /** Customers, and the positions of all events there will be. */
    void prepare() throws SQLException {
        service.run("select make_partitions(now() - interval '8 weeks', 8)");
        service.run("update journal_head set position = " + events);
        service.run("""
                insert into customer (tenant, id, name, email, segment, state)
                select 'default', 'cust-' || n, 'Alice', 'alice' || n || '@example.com', 'silver',
                  json_build_object('fields', json_build_object(), 'items', json_build_object())
                from generate_series(0, %d - 1) n""".formatted(customers));
        service.run(
                "insert into customer_version select tenant, id, 0, version, name, email, phone, segment, attributes from customer");
        service.run("analyze");
    }

    void shortPast() throws SQLException {
        events("= 0");
    }

    void longPast() throws SQLException {
        events("<> 0");
    }

    void fewTimers() throws SQLException {
        timers("= 0");
    }

    void manyTimers() throws SQLException {
        timers("<> 0");
    }

    private void events(String which) throws SQLException {
        service.run("""
                with past as (
                  select n as position, now() - interval '8 weeks' + n * (interval '8 weeks' / %1$d) as at, md5(n::text) as id,
                    'cust-' || (n * 7919 %% %2$d) as subject, 'bench.type-' || n / 100 %% 20 as type
                  from generate_series(1::bigint, %1$d) n where n %% %3$d %4$s
                ), seen as (
                  insert into event_seen (tenant, source, id, recorded_at) select 'default', 'bench', id, at from past order by position
                )
                insert into event (position, recorded_at, tenant, id, source, type, subject, occurred_at, address, data, extensions)
                select position, at, 'default', id, 'bench', type, subject, at, 'bss.other',
                  json_build_object('amount', position %% 100, 'orderId', 'past-' || position), '{}' from past order by position
                """.formatted(events, customers, SPREAD, which));
        service.run("vacuum analyze event");
        service.run("vacuum analyze event_seen");
    }

    private void timers(String which) throws SQLException {
        service.run("""
                insert into timer (id, tenant, address, kind, rule_id, rule_version, customer_id, key, event_position, event_recorded_at, armed_at, due_at)
                select '01' || lpad(n::text, 24, '0'), 'default', 'bss.other', 'delay', 'bench-delayed', 'v1', 'cust-' || (n * 7919 %% %2$d), '',
                  e.position, e.recorded_at, e.recorded_at, now() + interval '1 day' + n * (interval '4 weeks' / %1$d)
                from generate_series(1::bigint, %1$d) n
                cross join (select position, recorded_at from event order by position limit 1) e where n %% %3$d %4$s
                """.formatted(timers, customers, SPREAD, which));
        service.run("vacuum analyze timer");
    }
}
