package dev.carillon.eventsourced.reaction;

import static dev.carillon.testing.PostedEvent.orderStatus;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.platform.id.Ids;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ReactionTest {

    private static final Duration DEADLINE = Duration.ofSeconds(30);

    @Inject
    Pool pool;

    @Inject
    Ids ids;

    @Test
    void an_event_that_breaks_its_reaction_is_put_aside_and_spoils_no_other() {
        // Given
        var run = ids.next().toLowerCase(Locale.ROOT);
        var orders = IntStream.range(0, 20).mapToObj(n -> run + "-" + n).toList();
        refused("order/" + run + "-7/%", "22021"); // its own data is at fault

        // When
        journalled(orders);

        // Then
        await().atMost(DEADLINE)
                .untilAsserted(() -> assertThat(count(
                                "select count(*) from notification where business_key like $1", "order/" + run + "%"))
                        .isEqualTo(19));
        await().atMost(DEADLINE)
                .untilAsserted(() -> assertThat(count("""
                select count(*) from event_pending p join event e using (position) where p.error is not null and p.attempts > 0 and e.data::text like $1""", "%" + run + "%")).isEqualTo(1));
        accepted();
        // leave nothing that other tests would wait for
        pool.preparedQuery(
                        "delete from event_pending p using event e where e.position = p.position and e.data::text like $1")
                .executeAndAwait(Tuple.of("%" + run + "%"));
    }

    @Test
    void a_full_disk_is_no_events_fault_and_every_event_is_answered_when_there_is_room() {
        // Given: five failures of its own would park an event
        var run = ids.next().toLowerCase(Locale.ROOT);
        refused("order/" + run + "%", "53100");

        // When
        journalled(List.of(run + "-1", run + "-2"));
        await().atMost(DEADLINE)
                .untilAsserted(() -> assertThat(count("select last_value from refusals where length($1) > 0", "-"))
                        .isGreaterThan(6));

        // Then
        assertThat(count(
                        "select count(*) from event_pending p join event e using (position) where p.attempts = 0 and e.data::text like $1",
                        "%" + run + "%"))
                .isEqualTo(2);
        accepted();
        await().atMost(DEADLINE)
                .untilAsserted(() -> assertThat(count(
                                "select count(*) from notification where business_key like $1", "order/" + run + "%"))
                        .isEqualTo(2));
    }

    /** A sequence counts what a rollback would forget. */
    private void refused(String businessKey, String sqlState) {
        pool.query("""
                create sequence refusals;
                create function refuses() returns trigger language plpgsql as $$ begin
                  if new.business_key like '%s' then
                    perform nextval('refusals');
                    raise exception using errcode = '%s';
                  end if;
                  return new;
                end $$;
                create trigger refuses before insert on notification for each row execute function refuses()""".formatted(businessKey, sqlState)).executeAndAwait();
    }

    private void accepted() {
        pool.query("drop trigger refuses on notification; drop function refuses(); drop sequence refusals")
                .executeAndAwait();
    }

    @Test
    void a_bell_nobody_heard_costs_one_sweep() {
        // Given
        var order = ids.next();

        // When: written by somebody whose bell does not reach us
        journalled(List.of(order));

        // Then
        await().atMost(DEADLINE)
                .untilAsserted(() -> assertThat(count(
                                "select count(*) from notification where business_key = $1",
                                "order/" + order + "/shipped"))
                        .isEqualTo(1));
    }

    @Test
    void every_no_is_written_down_with_its_gates() {
        // Given
        var order = ids.next();

        // When
        orderStatus(order, "cust-001", "PROCESSING").publish();

        // Then
        await().atMost(DEADLINE)
                .untilAsserted(() -> assertThat(count("""
                select count(*) from decision d join event e on e.tenant = d.tenant and e.id = d.event_id
                where e.data::text like $1 and d.verdict = 'ignore' and d.reason = 'CONDITION_FALSE' and d.rule_id = 'order-shipped'
                  and d.gates -> 0 ->> 'name' = 'when'""", "%" + order + "%")).isEqualTo(1));
    }

    @Test
    void an_order_is_complete_once_in_whatever_order_its_events_are_heard() throws Exception {
        // Given
        long seed = new Random().nextLong();
        var random = new Random(seed);
        var run = ids.next();
        var events = new ArrayList<String>();
        for (int order = 0; order < 40; order++) {
            events.addAll(story(run + "-" + order, 1 + random.nextInt(5), random));
        }
        Collections.shuffle(events, random);

        // When: by several callers at once
        var callers = Executors.newFixedThreadPool(4);
        for (int from = 0; from < events.size(); from += 15) {
            var batch = String.join(",", events.subList(from, Math.min(events.size(), from + 15)));
            callers.submit(() -> given().contentType(ContentType.JSON)
                    .body("[" + batch + "]")
                    .post("/api/v1/events")
                    .then()
                    .statusCode(202));
        }
        callers.shutdown();
        assertThat(callers.awaitTermination(60, TimeUnit.SECONDS)).isTrue();

        // Then
        await().atMost(DEADLINE)
                .untilAsserted(() -> assertThat(count("""
                select count(*) from event_pending p join event e using (position) where e.data::text like $1""", "%" + run + "%")).isZero());
        assertThat(count(
                        "select count(*) from notification where reason is null and business_key like $1",
                        "order/" + run + "-%/complete"))
                .as("seed " + seed)
                .isEqualTo(40);
    }

    /** An order placed, each line shipped and perhaps delivered, some of it twice, and old news of it late. */
    private List<String> story(String order, int lines, Random random) {
        var events = new ArrayList<String>();
        var items = IntStream.range(0, lines)
                .mapToObj(n ->
                        "{\"id\": \"%s-%d\", \"productId\": \"p\", \"productName\": \"P\", \"quantity\": 1, \"status\": \"PENDING\"}"
                                .formatted(order, n))
                .collect(Collectors.joining(","));
        events.add(event(
                "ordering.order-placed",
                0,
                "{\"orderId\": \"%s\", \"customerId\": \"cust-001\", \"lineItems\": [%s]}".formatted(order, items)));
        for (int line = 0; line < lines; line++) {
            events.add(lineEvent(order, line, 1, "PACKED"));
            for (int copy = 0; copy <= random.nextInt(2); copy++) {
                events.add(lineEvent(order, line, 2, "SHIPPED"));
            }
            if (random.nextBoolean()) {
                events.add(lineEvent(order, line, 3, "DELIVERED"));
            }
        }
        return events;
    }

    private static String lineEvent(String order, int line, int hour, String status) {
        return event(
                "ordering.line-item-status-changed",
                hour,
                "{\"orderId\": \"%s\", \"customerId\": \"cust-001\", \"lineItemId\": \"%s-%d\", \"productId\": \"p\", \"newStatus\": \"%s\"}"
                        .formatted(order, order, line, status));
    }

    private static String event(String type, int hour, String properties) {
        return "{\"user_id\": \"cust-001\", \"event_type\": \"%s\", \"event_timestamp\": \"2025-10-31T%02d:00:00Z\", \"properties\": %s}"
                .formatted(type, hour, properties);
    }

    /** Events that came neither by the door nor by a producer, all in one transaction. */
    private void journalled(List<String> orders) {
        var data = orders.stream()
                .map("{\"orderId\": \"%s\", \"customerId\": \"cust-001\", \"newStatus\": \"SHIPPED\"}"::formatted)
                .toArray(String[]::new);
        pool.preparedQuery("""
                with head as (update journal_head set position = position + cardinality($1::text[]) returning position),
                placed as (select head.position - cardinality($1::text[]) + n as position, id, data
                  from unnest($1::text[], $2::text[]) with ordinality as t(id, data, n) cross join head),
                journalled as (insert into event (position, recorded_at, tenant, id, source, type, subject, occurred_at, address, data, extensions)
                  select position, now(), 'default', id, '/elsewhere', 'ordering.order-status-changed', 'cust-001', now(), 'bss.ordering', data::json, '{}' from placed)
                insert into event_pending (position, recorded_at, tenant, address, due_at) select position, now(), 'default', 'bss.ordering', now() from placed
                """)
                .executeAndAwait(
                        Tuple.of(orders.stream().map(order -> ids.next()).toArray(String[]::new), data));
    }

    private long count(String query, String parameter) {
        return pool.preparedQuery(query)
                .executeAndAwait(Tuple.of(parameter))
                .iterator()
                .next()
                .getLong(0);
    }
}
