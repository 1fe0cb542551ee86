package dev.carillon.eventsourced.reaction;

import static dev.carillon.testing.PutRule.rule;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.oneOf;

import dev.carillon.eventsourced.journal.EventJournal;
import dev.carillon.eventsourced.journal.EventPlace;
import dev.carillon.platform.id.Ids;
import dev.carillon.platform.sql.Transactions;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An audience of several pages is walked while other events are answered. */
@QuarkusTest
class LargeAudienceTest {

    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final int MANY = 3 * Audiences.PAGE + 7;
    private static final int FEW = 3;
    private static final int ON_THE_SECOND_PAGE = Audiences.PAGE + Audiences.PAGE / 2;

    @Inject
    Pool pool;

    @Inject
    Ids ids;

    @Inject
    Transactions transactions;

    @Inject
    EventJournal journal;

    private String run;

    @BeforeEach
    void carts() {
        run = ids.next().toLowerCase(Locale.ROOT);
        rule(run, """
                - id: %1$s
                  on: pricing.price-changed
                  when: event.data.productName == '%1$s'
                  audience: { cart: event.data.productId }
                  notify: { type: WELCOME_EMAIL, category: onboarding, channels: [email] }
                  once: "%1$s/${event.data.productId}/${event.data.newPrice}/${customer.id}"
                """.formatted(run));
        carts("large", MANY);
        carts("other", MANY);
        carts("small", FEW);
    }

    @AfterEach
    void theRuleGoes() {
        given().delete("/api/v1/rules/" + run);
        await().atMost(DEADLINE).untilAsserted(() -> assertThat(pending()).isZero());
    }

    @Test
    void events_of_other_subjects_pass_a_walk_and_those_of_its_own_wait_until_it_has_ended() {
        // Given: somebody holds a customer of the second page
        var holder = holding("large", 30, ON_THE_SECOND_PAGE);

        // When
        drop("large", 30);
        await().atMost(DEADLINE)
                .untilAsserted(() -> assertThat(told("large", 30)).isEqualTo(Audiences.PAGE));
        drop("large", 20);
        drop("small", 30);
        drop("large", 10);
        drop("small", 20);

        // Then
        await().atMost(DEADLINE)
                .untilAsserted(() -> assertThat(told("small", 20)).isEqualTo(FEW));
        assertThat(told("small", 30)).isEqualTo(FEW);
        await().atMost(DEADLINE).untilAsserted(() -> assertThat(behind()).isEqualTo(2));
        assertThat(told("large", 30)).isEqualTo(Audiences.PAGE);
        letGo(holder);
        await().atMost(DEADLINE).untilAsserted(() -> assertThat(pending()).isZero());
        assertThat(List.of(told("large", 30), told("large", 20), told("large", 10)))
                .containsOnly(MANY);
        assertThat(inOrder("large", 30, 20)).isTrue();
        assertThat(inOrder("large", 20, 10)).isTrue();
    }

    @Disabled(
            "passes alone, fails after the tests of stories: the walks came one after the other twice, and it is not known yet why")
    @Test
    void walks_take_turns() {
        // Given: one is held up, so both are there before either has ended
        var holder = holding("large", 30, 0);
        drop("large", 30);
        await().atMost(DEADLINE).untilAsserted(() -> assertThat(walks()).isEqualTo(1));
        drop("other", 30);
        await().atMost(DEADLINE).untilAsserted(() -> assertThat(walks()).isEqualTo(2));

        // When
        letGo(holder);

        // Then
        await().atMost(DEADLINE).untilAsserted(() -> assertThat(pending()).isZero());
        assertThat(told("large", 30)).isEqualTo(MANY);
        assertThat(told("other", 30)).isEqualTo(MANY);
        assertThat(first("other", 30)).as("after a page of the other").isLessThan(last("large", 30));
    }

    @Test
    void a_walk_that_fails_for_good_is_parked_where_it_stands_and_lets_go_of_what_waits_behind_it() {
        // Given
        refused(key("large", 30) + "c-%s-%05d".formatted(run, ON_THE_SECOND_PAGE));
        drop("large", 30);
        await().atMost(DEADLINE).untilAsserted(() -> assertThat(failures()).isEqualTo(1));
        drop("large", 20);
        await().atMost(DEADLINE).untilAsserted(() -> assertThat(behind()).isEqualTo(1));

        // When: it has been tried often enough
        pool.query("update event_pending set attempts = 4, due_at = now() where cursor is not null and attempts > 0")
                .executeAndAwait();

        // Then
        await().atMost(DEADLINE)
                .untilAsserted(() -> assertThat(told("large", 20)).isEqualTo(MANY));
        assertThat(told("large", 30)).isEqualTo(Audiences.PAGE);
        accepted();
        pool.query("update event_pending set attempts = 0, error = null, due_at = now() where attempts = 5")
                .executeAndAwait();
        await().atMost(DEADLINE)
                .untilAsserted(() -> assertThat(told("large", 30)).isEqualTo(MANY));
    }

    @Test
    void an_erased_event_is_walked_no_further_and_nothing_waits_behind_it_for_ever() {
        // Given
        var holder = holding("large", 30, ON_THE_SECOND_PAGE);
        drop("large", 30);
        await().atMost(DEADLINE)
                .untilAsserted(() -> assertThat(told("large", 30)).isEqualTo(Audiences.PAGE));
        drop("large", 20);
        await().atMost(DEADLINE).untilAsserted(() -> assertThat(behind()).isEqualTo(1));

        // When: it waits for the page at hand
        long position = position("large", 30);
        var erased = transactions
                .inTransaction(tx -> journal.stretchOfAll(tx, new EventPlace(position - 1, Instant.EPOCH), position, 1)
                        .chain(found -> journal.erase(tx, found.events())))
                .subscribeAsCompletionStage();
        letGo(holder);
        erased.join();

        // Then
        await().atMost(DEADLINE)
                .untilAsserted(() -> assertThat(told("large", 20)).isEqualTo(MANY));
        assertThat(told("large", 30)).isLessThan(MANY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"delete", "disable"})
    void a_rule_that_goes_during_its_walk_takes_no_other_rule_along(String how) {
        // Given: three rules for each of two products, and a walk for the first of them
        var holder = holding("large", 30, ON_THE_SECOND_PAGE);
        for (var name : List.of("y", "z")) {
            rule(run + name, """
                    - id: %1$s%2$s
                      on: pricing.price-changed
                      when: event.data.productName == '%1$s'
                      audience: { cart: event.data.productId }
                      notify: { type: WELCOME_EMAIL, category: onboarding, channels: [email] }
                      once: "%2$s/%1$s/${event.data.productId}/${event.data.newPrice}/${customer.id}"
                    """.formatted(run, name));
        }
        drop("large", 30);
        await().atMost(DEADLINE)
                .untilAsserted(() -> assertThat(told("large", 30)).isEqualTo(Audiences.PAGE));

        // When
        (how.equals("delete")
                        ? given().delete("/api/v1/rules/" + run)
                        : given().post("/api/v1/rules/" + run + "/disable"))
                .then()
                .statusCode(oneOf(200, 204));
        letGo(holder);

        // Then
        for (var name : List.of("y", "z")) {
            await().atMost(DEADLINE)
                    .untilAsserted(() -> assertThat(number(
                                    "select count(*) from notification where starts_with(business_key, $1)",
                                    name + "/" + key("large", 30)))
                            .isEqualTo(MANY));
            given().delete("/api/v1/rules/" + run + name).then().statusCode(204);
        }
    }

    @Test
    void prices_that_one_sender_publishes_do_not_wait_for_each_other() {
        // Given
        var holder = holding("large", 30, ON_THE_SECOND_PAGE);
        drop("large", 30, "\"user_id\": \"pricing\", ");
        await().atMost(DEADLINE)
                .untilAsserted(() -> assertThat(told("large", 30)).isEqualTo(Audiences.PAGE));

        // When
        drop("small", 30, "\"user_id\": \"pricing\", ");

        // Then
        await().atMost(DEADLINE)
                .untilAsserted(() -> assertThat(told("small", 30)).isEqualTo(FEW));
        letGo(holder);
        await().atMost(DEADLINE).untilAsserted(() -> assertThat(pending()).isZero());
    }

    private void carts(String product, int customers) {
        pool.preparedQuery("""
                with c as (select 'c-' || $1 || '-' || lpad(n::text, 5, '0') as id from generate_series(0, $3::int - 1) n),
                customers as (
                  insert into customer (tenant, id, name, email, state)
                  select 'default', id, 'Ada', 'ada@example.com', '{"fields": {}, "items": {}}' from c on conflict do nothing
                ), versions as (
                  insert into customer_version (tenant, id, position, version, name, email, attributes)
                  select 'default', id, 0, 1, 'Ada', 'ada@example.com', '{}' from c on conflict do nothing
                )
                insert into memory_relation (tenant, relation, object, customer_id, position, present, as_of, event_id)
                select 'default', 'cart', $1 || $2, id, 0, true, now(), $1 from c
                """).executeAndAwait(Tuple.of(run, product, customers));
    }

    private void drop(String product, int price) {
        drop(product, price, "");
    }

    private void drop(String product, int price, String sender) {
        given().contentType(ContentType.JSON)
                .body("""
                {%s"event_type": "pricing.price-changed", "event_timestamp": "2025-10-31T19:00:00Z", "properties":
                  {"productId": "%s%s", "productName": "%s", "oldPrice": 100, "newPrice": %d, "currency": "EUR"}}""".formatted(sender, run, product, run, price))
                .post("/api/v1/events")
                .then()
                .statusCode(202);
    }

    /** A transaction that has the key under which a customer is to be told, so that their page waits. */
    private SqlConnection holding(String product, int price, int customer) {
        var connection = pool.getConnectionAndAwait();
        connection.query("begin").executeAndAwait();
        connection
                .preparedQuery(
                        "insert into business_key (tenant, key, notification_id, created_at) values ('default', $1, 'held', now())")
                .executeAndAwait(Tuple.of(key(product, price) + "c-%s-%05d".formatted(run, customer)));
        return connection;
    }

    private String key(String product, int price) {
        return run + "/" + run + product + "/" + price + "/";
    }

    private static void letGo(SqlConnection holder) {
        holder.query("rollback").executeAndAwait();
        holder.closeAndAwait();
    }

    /** Its data is at fault, so it is tried only so often. */
    private void refused(String businessKey) {
        pool.query("""
                create function refuses_one() returns trigger language plpgsql as $$ begin
                  if new.business_key = '%s' then raise exception using errcode = '22021'; end if;
                  return new;
                end $$;
                create trigger refuses_one before insert on notification for each row execute function refuses_one()""".formatted(businessKey)).executeAndAwait();
    }

    private void accepted() {
        pool.query("drop trigger refuses_one on notification; drop function refuses_one()")
                .executeAndAwait();
    }

    private int told(String product, int price) {
        return (int)
                number("select count(*) from notification where starts_with(business_key, $1)", key(product, price));
    }

    private boolean inOrder(String product, int price, int next) {
        return last(product, price).compareTo(first(product, next)) < 0;
    }

    private String first(String product, int price) {
        return text("select min(id) from notification where starts_with(business_key, $1)", key(product, price));
    }

    private String last(String product, int price) {
        return text("select max(id) from notification where starts_with(business_key, $1)", key(product, price));
    }

    private long position(String product, int price) {
        return number("""
                select position from event where data ->> 'productId' = $1 and (data ->> 'newPrice')::int = %d""".formatted(price), run + product);
    }

    private long pending() {
        return number(
                "select count(*) from event_pending p join event e using (position, recorded_at) where e.data ->> 'productName' = $1",
                run);
    }

    private long walks() {
        return number(
                "select count(*) from event_pending p join event e using (position, recorded_at) where cursor is not null and e.data ->> 'productName' = $1",
                run);
    }

    private long failures() {
        return number(
                "select sum(attempts) from event_pending p join event e using (position, recorded_at) where e.data ->> 'productName' = $1",
                run);
    }

    private long behind() {
        return number(
                "select count(*) from event_pending p join event e using (position, recorded_at) where behind is not null and e.data ->> 'productName' = $1",
                run);
    }

    private long number(String query, String parameter) {
        return pool.preparedQuery(query)
                .executeAndAwait(Tuple.of(parameter))
                .iterator()
                .next()
                .getLong(0);
    }

    private String text(String query, String parameter) {
        return pool.preparedQuery(query)
                .executeAndAwait(Tuple.of(parameter))
                .iterator()
                .next()
                .getString(0);
    }
}
