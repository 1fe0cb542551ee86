package dev.carillon.bench;

import java.sql.SQLException;
import java.util.List;

/** Work that is pending, written with SQL as the application would have written it. */
final class PendingLoad {

    static final String DUE = "select count(*) from outbox where state = 0";

    private static final String WRITE = """
            with n as (select lpad(v::text, 26, '{mark}') as id, now() as at, 'cust-' || v % 1000 as customer, v from generate_series(1, {count}) v
            ), noted as (
              insert into notification (id, created_at, tenant, type, category, customer_id, door, context)
              select id, at, 'default', 'ORDER_SHIPPED', 'order_updates', customer, 'api-driven', '{"orderId": "o123456"}' from n
            ), delivered as (
              insert into delivery (id, created_at, tenant, notification_id, channel, recipient, subject, body, html)
              select id, at, 'default', id, 'email', customer || '@example.com', 'Your order is on its way', repeat('On its way. ', 12), repeat('<p>On its way.</p>', 30) from n
            )
            insert into outbox (delivery_id, created_at, tenant, channel, priority, state, due_at, customer_id, type, judged_as_of)
            select id, at, 'default', 'email', {priority}, {state}, {due}, customer, 'ORDER_SHIPPED', position from n cross join journal_head
            """;

    private final ServiceUnderLoad service;
    private final int most;
    private int loads;

    PendingLoad(ServiceUnderLoad service, int most) {
        this.service = service;
        this.most = most;
    }

    /** Held for the days to come. @return how many */
    int forLater(int share) throws SQLException {
        write(most / share, 1, 2, "now() + interval '1 day' + v * interval '1 second'");
        for (var table : List.of("notification", "delivery", "outbox")) {
            service.run(
                    "vacuum analyze " + table); // or the vacuum of all that was loaded is charged to what is measured
        }
        service.run("checkpoint");
        return most / share;
    }

    /** To be sent at once, after everything else. */
    void due(int share) throws SQLException {
        write(most / share, 2, 0, "now()");
    }

    private void write(int count, int priority, int state, String due) throws SQLException {
        service.run(WRITE.replace("{mark}", Character.toString('G' + loads++))
                .replace("{count}", Integer.toString(count))
                .replace("{priority}", Integer.toString(priority))
                .replace("{state}", Integer.toString(state))
                .replace("{due}", due));
    }
}
