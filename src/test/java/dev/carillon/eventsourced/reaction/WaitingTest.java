package dev.carillon.eventsourced.reaction;

import static dev.carillon.testing.PostedEvent.event;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;

import dev.carillon.notification.decision.EventRef;
import dev.carillon.notification.decision.Reason;
import dev.carillon.notification.tracking.DecisionView;
import dev.carillon.notification.tracking.Decisions;
import dev.carillon.notification.tracking.NotificationView;
import dev.carillon.notification.tracking.Tracking;
import dev.carillon.platform.id.Ids;
import dev.carillon.testing.PutRule;
import dev.carillon.testing.SettableClock;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What waits for its time, told by a clock that only the test moves. */
@QuarkusTest
@TestProfile(OwnDatabase.class)
class WaitingTest {

    private static final Duration DEADLINE = Duration.ofSeconds(30);

    /** Journal time does not go back, so the next test begins where this one ended. */
    private static Instant now =
            Clock.systemUTC().instant().truncatedTo(ChronoUnit.DAYS).plus(Duration.ofHours(33));

    @Inject
    SettableClock clock;

    @Inject
    Reactions reactions;

    @Inject
    Tracking tracking;

    @Inject
    Decisions decisions;

    @Inject
    Pool pool;

    @Inject
    Ids ids;

    private SettableClock.Bent bent;
    private String run;
    private String customer;

    @BeforeEach
    void somebodyNewAndARuleOfTheirOwn() {
        bent = clock.stopAt(now);
        run = ids.next().toLowerCase(Locale.ROOT);
        customer = "c-" + run;
        publish("known", now.minusSeconds(86_400), "{}", "{\"email\": \"maria@example.com\", \"vip\": true}");
    }

    @AfterEach
    void theRuleGoes() {
        try {
            given().delete("/api/v1/rules/" + run);
            settle();
            now = clock.instant().plusSeconds(60);
        } finally {
            bent.close();
        }
    }

    @Test
    void what_is_delayed_is_told_when_its_time_has_come_and_not_before() {
        // Given
        rule("delay: PT1H");
        var event = publish("began");
        settle();
        assertThat(verdicts(event)).containsExactly("defer");
        assertThat(timers()).as("a row, so that it outlives the process").isOne();

        // When
        pass("PT59M59S");
        assertThat(told()).isEmpty();
        pass("PT1S");

        // Then
        assertThat(told()).hasSize(1);
        assertThat(verdicts(event)).containsExactly("defer", "notify");
        assertThat(timers()).isZero();
    }

    @Test
    void with_recheck_the_facts_of_the_release_count_and_without_it_those_of_the_event() {
        // Given
        rule("delay: PT1H", "recheck: true", "where: customer.vip == true");
        var event = publish("began");
        publish("known", clock.instant(), "{}", "{\"vip\": false}");
        settle();

        // When
        pass("PT1H");

        // Then
        assertThat(told()).isEmpty();
        assertThat(last(event).reason()).isEqualTo(Reason.NOT_ELIGIBLE);
        assertThat(last(event).gates())
                .extracting(gate -> gate.name())
                .containsExactly("delay", "when", "audience", "where");
    }

    @Test
    void without_recheck_the_facts_of_the_event_count() {
        // Given
        rule("delay: PT1H", "where: customer.vip == true");
        publish("began");
        settle();
        publish("known", clock.instant(), "{}", "{\"vip\": false}");

        // When
        pass("PT1H");

        // Then
        assertThat(told()).hasSize(1);
    }

    @Test
    void what_did_not_happen_is_told_at_the_deadline() {
        // Given
        rule(absence());
        publish("began");

        // When
        pass("PT1H59M59S");
        assertThat(told()).isEmpty();
        pass("PT1S");

        // Then
        assertThat(told()).hasSize(1);
    }

    @Test
    void what_did_happen_in_time_is_not_told_of() {
        // Given
        rule(absence());
        var event = publish("began");
        pass("PT1H59M");
        publish("ended");

        // When
        pass("PT1H");

        // Then
        assertThat(told()).isEmpty();
        assertThat(last(event).reason()).isEqualTo(Reason.CONDITION_FALSE);
        assertThat(last(event).detail()).endsWith("was heard");
    }

    @Test
    void what_happened_at_the_deadline_was_too_late() {
        // Given
        rule(absence());
        publish("began");
        settle();

        // When
        clock.advance(Duration.ofHours(2));
        publish("ended");
        settle();

        // Then
        assertThat(told()).hasSize(1);
    }

    @Test
    void the_other_event_may_arrive_first_and_still_have_happened_later() {
        // Given
        rule(absence());
        var began = clock.instant();
        publish("ended", began.plusSeconds(600), "{}", "{}");
        settle();
        var event = publish("began", began, "{}", "{}");

        // When
        pass("PT3H");

        // Then
        assertThat(told()).isEmpty();
        assertThat(last(event).reason()).isEqualTo(Reason.CONDITION_FALSE);
    }

    @Test
    void news_that_come_after_their_deadline_are_judged_at_once() {
        // Given
        rule(absence());

        // When
        publish("began", clock.instant().minus(Duration.ofHours(3)), "{}", "{}");
        settle();

        // Then
        assertThat(told()).hasSize(1);
    }

    @Test
    void news_that_come_after_their_deadline_know_what_ended_them() {
        // Given
        rule(absence());
        publish("ended", clock.instant().minus(Duration.ofHours(2)), "{}", "{}");

        // When
        publish("began", clock.instant().minus(Duration.ofHours(3)), "{}", "{}");
        settle();

        // Then
        assertThat(told()).isEmpty();
    }

    @Test
    void many_become_one_that_lists_them_all() {
        // Given
        rule("digest: { wait: PT1H }");
        var events = List.of(publish("began"), publish("began"), publish("began"));
        settle();
        assertThat(told()).isEmpty();

        // When
        pass("PT1H");

        // Then
        var told = told();
        assertThat(told).hasSize(1);
        assertThat(items(told.get(0))).isEqualTo(3);
        for (var event : events) {
            var absorbed = decisionsOf(event).stream()
                    .filter(one -> one.verdict().equals("digest"))
                    .findFirst()
                    .orElseThrow();
            assertThat(absorbed.reason()).isEqualTo(Reason.DIGESTED);
            assertThat(absorbed.notificationId()).isEqualTo(told.get(0).trackingId());
        }
        assertThat(count(
                        "select count(*) from digest_item where digest_id = $1",
                        told.get(0).trackingId()))
                .isZero();
    }

    @Test
    void too_few_are_not_told_at_all() {
        // Given
        rule("digest: { wait: PT1H, min-items: 2 }");
        var event = publish("began");

        // When
        pass("PT1H");

        // Then
        assertThat(told()).isEmpty();
        assertThat(last(event).reason()).isEqualTo(Reason.CONDITION_FALSE);
        assertThat(last(event).detail()).isEqualTo("1 of at least 2 items");
    }

    @Test
    void each_that_a_digest_had_absorbed_says_how_it_ended_when_nobody_was_told() {
        // Given
        rule("digest: { wait: PT1H, min-items: 4 }");
        var events = List.of(publish("began"), publish("began"), publish("began"));
        settle();

        // When
        pass("PT1H");

        // Then
        assertThat(told()).isEmpty();
        for (var event : events) {
            assertThat(verdicts(event)).containsExactly("digest", "ignore");
            assertThat(last(event).reason()).isEqualTo(Reason.CONDITION_FALSE);
            assertThat(last(event).detail()).isEqualTo("3 of at least 4 items");
            given().queryParams("eventId", event, "customerId", customer)
                    .get("/api/v1/explanations")
                    .then()
                    .statusCode(200)
                    .body("rules[0].verdict", equalTo("not-told"))
                    .body("rules[0].gates[-1].detail", equalTo("3 of at least 4 items"));
        }
        assertThat(timers()).isZero();
    }

    @Test
    void each_that_a_digest_had_absorbed_says_that_its_rule_was_switched_off() {
        // Given
        rule("digest: { wait: PT1H }");
        var events = List.of(publish("began"), publish("began"));
        settle();

        // When
        given().post("/api/v1/rules/" + run + "/disable").then().statusCode(200);
        pass("PT1H");

        // Then
        assertThat(told()).isEmpty();
        assertThat(events).allSatisfy(event -> assertThat(last(event).reason()).isEqualTo(Reason.CANCELLED));
    }

    @Test
    void a_full_digest_is_told_at_once_and_the_next_one_later() {
        // Given
        rule("digest: { wait: PT1H, max-items: 2 }");

        // When
        publish("began");
        publish("began");
        publish("began");
        settle();

        // Then
        assertThat(told()).hasSize(1);
        assertThat(items(told().get(0))).isEqualTo(2);
        pass("PT1H");
        assertThat(told()).hasSize(2);
        assertThat(items(told().get(0))).as("the newest").isOne();
    }

    @Test
    void a_digest_of_large_events_is_told_when_they_fill_it() {
        // Given
        rule("digest: { wait: PT1H }");

        // When
        for (int n = 0; n < 7; n++) {
            publish("began", clock.instant(), large("o"), "{}");
        }
        settle();

        // Then
        assertThat(told()).hasSize(1);
        assertThat(items(told().get(0)))
                .as("six of 200,000 bytes are more than 1 MiB")
                .isEqualTo(6);
        pass("PT1H");
        assertThat(told()).hasSize(2);
    }

    @Test
    void digests_that_are_due_together_are_told_whatever_they_hold_in_all() {
        // Given
        rule("digest: { wait: PT1H, by: \"${event.data.orderId}\" }");
        for (int n = 0; n < 12; n++) {
            publish("began", clock.instant(), large("o-" + n % 4), "{}");
        }
        settle();
        assertThat(told()).isEmpty();

        // When
        pass("PT1H");

        // Then
        assertThat(told()).hasSize(4).allSatisfy(one -> assertThat(items(one)).isEqualTo(3));
    }

    private static String large(String order) {
        return "{\"orderId\": \"%s\", \"note\": \"%s\"}".formatted(order, "x".repeat(200_000));
    }

    @Test
    void every_item_moves_a_digest_s_end_but_not_for_ever() {
        // Given
        rule("digest: { wait: PT10M, max-wait: PT25M }");
        for (int n = 0; n < 3; n++) {
            publish("began");
            pass("PT9M");
        }

        // Then: 25 minutes have passed
        assertThat(told()).hasSize(1);
        assertThat(items(told().get(0))).isEqualTo(3);
    }

    @Test
    void one_fact_is_not_absorbed_twice() {
        // Given
        rule("digest: { wait: PT1H }", "once: \"${event.data.fact}\"");
        publish("began", clock.instant(), "{\"orderId\": \"o\", \"fact\": \"a" + run + "\"}", "{}");
        publish("began", clock.instant(), "{\"orderId\": \"o\", \"fact\": \"a" + run + "\"}", "{}");
        publish("began", clock.instant(), "{\"orderId\": \"o\", \"fact\": \"b" + run + "\"}", "{}");

        // When
        pass("PT1H");

        // Then
        assertThat(items(told().get(0))).isEqualTo(2);
    }

    @Test
    void what_never_becomes_complete_is_given_up() {
        // Given
        rule(collect("timeout: { after: PT1H }"));
        var event = publish("began", clock.instant(), collected("a"), "{}");
        pass("PT30M");
        assertThat(timers()).isOne();

        // When
        pass("PT30M");

        // Then
        assertThat(told()).isEmpty();
        assertThat(last(event).reason()).isEqualTo(Reason.CORRELATION_TIMEOUT);
        assertThat(last(event).detail()).contains("1 of 2");
    }

    @Test
    void what_never_becomes_complete_may_be_told_of() {
        // Given
        rule(collect("timeout: { after: PT1H, notify: { type: INSUFFICIENT_FUNDS_EMAIL } }"));
        publish("began", clock.instant(), collected("a"), "{}");

        // When
        pass("PT1H");

        // Then
        assertThat(told()).extracting(NotificationView::type).containsExactly("INSUFFICIENT_FUNDS_EMAIL");
    }

    @Test
    void what_became_complete_in_time_is_told_once() {
        // Given
        rule(collect("timeout: { after: PT1H, notify: { type: INSUFFICIENT_FUNDS_EMAIL } }"));
        publish("began", clock.instant(), collected("a"), "{}");
        pass("PT59M");
        publish("began", clock.instant(), collected("b"), "{}");
        settle();
        assertThat(told()).hasSize(1);

        // When
        pass("PT1H");

        // Then
        assertThat(told()).extracting(NotificationView::type).containsExactly("ORDER_SHIPPED");
        assertThat(timers()).isZero();
    }

    @Test
    void one_that_follows_another_is_told_once_in_whichever_order_they_arrive() {
        for (var order : List.of("fb", "bf", "bff", "ffb", "fbf")) {
            // Given
            customer = order + "-" + run;
            publish("known", now.minusSeconds(86_400), "{}", "{\"email\": \"maria@example.com\"}");
            rule("after: { event: first." + run + ", within: PT24H }");

            // When
            for (var letter : order.split("")) {
                publish(
                        letter.equals("f") ? "first" : "began",
                        clock.instant().plusSeconds(letter.equals("f") ? 0 : 3_600),
                        "{\"orderId\": \"o\"}",
                        "{}");
                settle();
            }

            // Then
            assertThat(told()).as(order).hasSize(1);
        }
    }

    @Test
    void one_that_came_too_late_after_another_does_not_follow_it() {
        // Given
        rule("after: { event: first." + run + ", within: PT24H }");
        publish("first", clock.instant().minus(Duration.ofHours(25)), "{}", "{}");

        // When
        var event = publish("began");
        settle();

        // Then
        assertThat(told()).isEmpty();
        assertThat(last(event).reason()).isEqualTo(Reason.AWAITING_CORRELATION);
    }

    @Test
    void a_calendar_day_ends_at_midnight() {
        // Given
        rule("throttle: { max: 1, per: calendar-day }");
        var midnight = clock.instant().truncatedTo(ChronoUnit.DAYS).plus(Duration.ofDays(1));
        clock.advance(Duration.between(clock.instant(), midnight.minusSeconds(60)));
        publish("began");
        var second = publish("began");
        settle();
        assertThat(told()).hasSize(1);
        assertThat(last(second).reason()).isEqualTo(Reason.THROTTLED);

        // When
        pass("PT1M");
        publish("began");
        settle();

        // Then
        assertThat(told()).hasSize(2);
    }

    @Test
    void what_is_of_no_use_any_more_is_not_told() {
        // Given
        rule("expires: PT30M", "delay: PT10M");

        // When
        var old = publish("began", clock.instant().minus(Duration.ofHours(1)), "{\"orderId\": \"o\"}", "{}");
        var soonOld = publish("began", clock.instant().minus(Duration.ofMinutes(25)), "{\"orderId\": \"o\"}", "{}");
        publish("began");
        pass("PT10M");

        // Then
        assertThat(told()).hasSize(1);
        assertThat(verdicts(old)).containsExactly("ignore");
        assertThat(last(old).reason()).isEqualTo(Reason.EXPIRED);
        assertThat(verdicts(soonOld)).containsExactly("defer", "ignore");
        assertThat(last(soonOld).reason()).isEqualTo(Reason.EXPIRED);
    }

    @Test
    void what_waits_for_a_rule_that_was_switched_off_is_cancelled() {
        // Given
        rule("delay: PT1H");
        var event = publish("began");
        settle();

        // When
        given().post("/api/v1/rules/" + run + "/disable").then().statusCode(200);
        pass("PT1H");

        // Then
        assertThat(told()).isEmpty();
        assertThat(last(event).reason()).isEqualTo(Reason.CANCELLED);
        assertThat(timers()).isZero();
    }

    @Test
    void what_waits_is_judged_by_the_version_that_made_it_wait() {
        // Given
        rule("delay: PT1H");
        var event = publish("began");
        settle();

        // When
        rule("delay: PT5H", "when: event.data.orderId == 'another'");
        pass("PT1H");

        // Then
        assertThat(told()).hasSize(1);
        assertThat(decisionsOf(event))
                .extracting(DecisionView::ruleVersion)
                .hasSize(2)
                .containsOnly(last(event).ruleVersion());
    }

    @Test
    void an_event_is_kept_for_what_waits_because_of_it_for_months() {
        // Given
        rule("delay: P60D");
        var event = publish("began");
        settle();
        var week = count(
                "select extract(epoch from date_trunc('week', recorded_at at time zone 'UTC'))::bigint from event where id = $1",
                event);

        // When
        var soon = dropped(clock.instant().plus(Duration.ofDays(30)));
        pass("P60D");

        // Then
        assertThat(soon).allSatisfy(name -> assertThat(name).isLessThan(nameOf(week)));
        assertThat(told()).hasSize(1);
        assertThat(verdicts(event)).containsExactly("defer", "notify");
        assertThat(dropped(clock.instant())).as("nothing waits any more").contains(nameOf(week));
    }

    @Test
    void what_waits_because_of_an_event_that_is_gone_is_cancelled_with_its_reason() {
        // Given
        rule("delay: PT1H");
        var event = publish("began");
        settle();
        pool.preparedQuery("delete from event where id = $1").executeAndAwait(Tuple.of(event));

        // When
        pass("PT1H");

        // Then
        assertThat(told()).isEmpty();
        assertThat(timers()).isZero();
        assertThat(count("""
                select count(*) from decision where customer_id = $1 and verdict = 'ignore' and reason = 'CANCELLED'
                  and detail = 'the event that armed it is no longer in the journal'""", customer)).isOne();
    }

    @Test
    void each_that_a_digest_had_absorbed_says_that_its_last_event_is_gone() {
        // Given
        rule("digest: { wait: PT1H }");
        var first = publish("began");
        var last = publish("began");
        settle();
        pool.preparedQuery("delete from event where id = $1").executeAndAwait(Tuple.of(last));

        // When
        pass("PT1H");

        // Then
        assertThat(told()).isEmpty();
        assertThat(last(first).reason()).isEqualTo(Reason.CANCELLED);
        assertThat(count("select count(*) from decision where event_id = $1 and reason = 'CANCELLED'", last))
                .isOne();
    }

    /** The bundled rule; the second door tells the same in the same words. */
    @Test
    void a_day_of_card_payments_is_one_message_in_the_evening_through_either_door() {
        // Given
        var payments = List.of(
                "{\"merchant\": \"Corner Bakery\", \"amount\": 4.5, \"currency\": \"EUR\"}",
                "{\"merchant\": \"City Trains\", \"amount\": 12, \"currency\": \"EUR\"}");
        var evening = clock.instant().truncatedTo(ChronoUnit.DAYS).plus(Duration.ofHours(20));
        var untilThen = Duration.between(
                clock.instant(), evening.isAfter(clock.instant()) ? evening : evening.plus(Duration.ofDays(1)));

        // When
        payments.forEach(payment -> paid(payment));
        pass(untilThen.minusSeconds(1).toString());
        assertThat(told()).isEmpty();
        pass("PT1S");
        given().contentType(ContentType.JSON)
                .body("""
                {"type": "CARD_PAYMENTS_SUMMARY", "customerId": "%s", "context": {"count": 2, "items": [%s]}}""".formatted(customer, String.join(",", payments)))
                .post("/api/v1/notifications")
                .then()
                .log()
                .ifValidationFails()
                .statusCode(202);

        // Then
        var told = told();
        assertThat(told).extracting(NotificationView::door).containsExactly("api-driven", "event-sourced");
        assertThat(told.get(1).deliveries()).singleElement().satisfies(byEvent -> {
            assertThat(byEvent.subject()).isEqualTo("2 payments with your card");
            assertThat(byEvent.body())
                    .contains(
                            "There were 2 payments with your card:\n\n- Corner Bakery: €4.50\n- City Trains: €12.00\n\nIf you")
                    .isEqualTo(told.get(0).deliveries().get(0).body());
        });
    }

    private void paid(String payment) {
        given().contentType(ContentType.JSON)
                .body("""
                {"user_id": "%s", "event_type": "card_payment", "event_timestamp": "%s", "properties": %s}""".formatted(customer, clock.instant(), payment))
                .post("/api/v1/events")
                .then()
                .log()
                .ifValidationFails()
                .statusCode(202)
                .body("rejected", empty());
    }

    /** The weeks of events that went. */
    private List<String> dropped(Instant before) {
        var names = new ArrayList<String>();
        pool.preparedQuery("select drop_events($1) as name")
                .executeAndAwait(Tuple.of(before.atOffset(ZoneOffset.UTC)))
                .forEach(row -> names.add(row.getString("name")));
        return names;
    }

    private static String nameOf(long week) {
        var monday = Instant.ofEpochSecond(week).atOffset(ZoneOffset.UTC);
        return "event_%dw%02d"
                .formatted(monday.get(IsoFields.WEEK_BASED_YEAR), monday.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
    }

    private void rule(String... lines) {
        var yaml = "id: %1$s\non: began.%1$s\nnotify: { type: ORDER_SHIPPED, channels: [email] }\n"
                .formatted(run)
                .concat(String.join("\n", lines))
                .concat("\n");
        PutRule.rule(run, yaml);
    }

    private String absence() {
        return "absence: { event: ended." + run + ", for: PT2H }";
    }

    private static String[] collect(String timeout) {
        return new String[] {
            "collect: { by: event.data.set, item: event.data.item, value: event.data.value, expect: \"['a', 'b']\", "
                    + timeout + " }",
            "when: collected.all(value, value == 'ready')"
        };
    }

    private String collected(String item) {
        return "{\"orderId\": \"o\", \"set\": \"%s\", \"item\": \"%s\", \"value\": \"ready\"}".formatted(run, item);
    }

    private String publish(String type) {
        return publish(type, clock.instant(), "{\"orderId\": \"o\"}", "{}");
    }

    private String publish(String type, Instant at, String properties, String traits) {
        var id = ids.next();
        event(customer, type + "." + run)
                .id(id)
                .at(at)
                .data(properties.equals("{}") ? "{\"orderId\": \"o\"}" : properties)
                .traits(traits)
                .publish();
        return id;
    }

    /** First everything that is due now, so that it is not late. */
    private void pass(String duration) {
        settle();
        clock.advance(Duration.parse(duration));
        settle();
    }

    /** Until nothing is pending and nothing is due: what has not been told by then is not told now. */
    private void settle() {
        await().atMost(DEADLINE).pollInterval(Duration.ofMillis(20)).until(() -> {
            reactions.sweep();
            return count(
                            "select (select count(*) from event_pending) + (select count(*) from timer where due_at <= $1::text::timestamptz)",
                            clock.instant().toString())
                    == 0;
        });
    }

    /** Newest first. */
    private List<NotificationView> told() {
        return tracking.newest("default", customer, 100).await().atMost(DEADLINE).stream()
                .filter(one -> one.reason() == null)
                .map(one -> tracking.find("default", one.trackingId())
                        .await()
                        .atMost(DEADLINE)
                        .orElseThrow())
                .toList();
    }

    private List<DecisionView> decisionsOf(String event) {
        return decisions
                .ofEvent(
                        "default",
                        new EventRef(event, count("select position from event where id = $1", event)),
                        "",
                        100)
                .await()
                .atMost(DEADLINE);
    }

    private List<String> verdicts(String event) {
        return decisionsOf(event).stream().map(DecisionView::verdict).toList();
    }

    private DecisionView last(String event) {
        var all = decisionsOf(event);
        return all.get(all.size() - 1);
    }

    private long timers() {
        return count("select count(*) from timer where customer_id = $1", customer);
    }

    private long items(NotificationView told) {
        return count("select json_array_length(context -> 'items') from notification where id = $1", told.trackingId());
    }

    private long count(String query, @Nullable String parameter) {
        return pool.preparedQuery(query)
                .executeAndAwait(Tuple.of(parameter))
                .iterator()
                .next()
                .getLong(0);
    }
}
