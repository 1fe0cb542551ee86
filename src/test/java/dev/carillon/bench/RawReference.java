package dev.carillon.bench;

import java.sql.SQLException;

/**
 * The rows of a notification that is sent, written by PostgreSQL alone: accepted, claimed and completed in batches, each step with its
 * own commit, and nothing looked up, decided or rendered.
 */
final class RawReference {

    private static final String ACCEPT = """
            with n as (select lpad(v::text, 26, 'R') as id, now() as at, 'cust-' || v % 1000 as customer, v from generate_series({from}, {to}) v
            ), keyed as (
              insert into business_key (tenant, key, notification_id, created_at) select 'default', 'raw/' || v, id, at from n
            ), noted as (
              insert into notification (id, created_at, tenant, type, category, customer_id, door, context, business_key, template_version, locale)
              select id, at, 'default', 'ORDER_SHIPPED', 'order_updates', customer, 'api-driven', '{"orderId": "o123456"}', 'raw/' || v, '9f86d081884c7d65', 'en' from n
            ), decided as (
              insert into decision (id, decided_at, tenant, door, customer_id, notification_id, verdict, gates, judged_at)
              select id, at, 'default', 'api-driven', customer, id, 'notify', repeat('[{"gate": "preference", "detail": "email on"}]', 1)::json, at from n
            ), skipped as (
              insert into delivery (id, created_at, tenant, notification_id, channel, reason, detail)
              select 'S' || substr(id, 2), at, 'default', id, 'sms', 'CATEGORY_OFF', 'sms off by customer''s category and channel' from n
            ), delivered as (
              insert into delivery (id, created_at, tenant, notification_id, channel, recipient, subject, body, html)
              select id, at, 'default', id, 'email', customer || '@example.com', 'Your order is on its way', repeat('On its way. ', 12), repeat('<p>On its way.</p>', 30) from n
            )
            insert into outbox (delivery_id, created_at, tenant, channel, priority, state, due_at, customer_id, type)
            select id, at, 'default', 'raw', 1, 0, at, customer, 'ORDER_SHIPPED' from n
            """;

    private static final String CLAIM = """
            update outbox set state = 1, attempt = 1, lease_token = nextval('lease_token'), lease_until = now() + interval '30 seconds'
            where delivery_id = any(array(select delivery_id from outbox where channel = 'raw' and priority = 1 and state = 0 and tenant = 'default'
              order by due_at limit {size} for update skip locked))
            """;

    private static final String COMPLETE = """
            with done as (
              delete from outbox where delivery_id = any(array(select delivery_id from outbox where channel = 'raw' and state = 1)) returning delivery_id, attempt
            )
            insert into attempt (delivery_id, number, ended_at, tenant, provider, outcome, provider_message_id, started_at)
            select delivery_id, attempt, now(), 'default', 'mock', 'sent', 'mock-123456', now() from done
            """;

    private RawReference() {}

    static void write(ServiceUnderLoad service, int count, int size) throws SQLException {
        for (int from = 0; from < count; from += size) {
            service.run(ACCEPT.replace("{from}", Integer.toString(from))
                    .replace("{to}", Integer.toString(from + size - 1)));
            service.run(CLAIM.replace("{size}", Integer.toString(size)));
            service.run(COMPLETE);
        }
    }
}
