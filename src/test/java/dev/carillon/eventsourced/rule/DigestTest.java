package dev.carillon.eventsourced.rule;

import static dev.carillon.eventsourced.rule.RuleFixtures.NOON;
import static dev.carillon.eventsourced.rule.RuleFixtures.customer;
import static dev.carillon.eventsourced.rule.RuleFixtures.event;
import static dev.carillon.eventsourced.rule.RuleFixtures.ruleWith;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.eventsourced.rule.Decision.Wait.WaitKind;
import dev.carillon.notification.decision.Gate;
import dev.carillon.notification.decision.GateResult;
import dev.carillon.notification.decision.Reason;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DigestTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final ZoneId UTC = ZoneId.of("UTC");

    @Test
    void without_a_longest_wait_it_closes_after_the_first_item() {
        // Given
        var plan = plan("wait: PT10M");

        // Then
        assertThat(plan.closesAt(NOON, NOON.plusSeconds(500), UTC)).isEqualTo(NOON.plusSeconds(600));
        assertThat(plan.maxItems()).isEqualTo(50);
        assertThat(plan.minItems()).isEqualTo(1);
    }

    @Test
    void with_a_longest_wait_it_closes_after_the_last_item_but_not_too_late() {
        // Given
        var plan = plan("wait: PT10M, max-wait: PT1H");

        // Then
        assertThat(plan.closesAt(NOON, NOON, UTC)).isEqualTo(NOON.plusSeconds(600));
        assertThat(plan.closesAt(NOON, NOON.plusSeconds(1_000), UTC)).isEqualTo(NOON.plusSeconds(1_600));
        assertThat(plan.closesAt(NOON, NOON.plusSeconds(3_500), UTC)).isEqualTo(NOON.plusSeconds(3_600));
    }

    @Test
    void at_times_of_day_it_closes_at_the_next_in_the_rules_zone_or_else_the_customers() {
        // Given
        var plan = plan("at: [\"09:00\", \"17:30\"]");
        var inBerlin = plan("at: [\"17:30\", \"09:00\"], zone: Europe/Berlin");

        // Then
        assertThat(plan.closesAt(at("2026-03-01T08:59:59Z"), NOON, UTC)).isEqualTo(at("2026-03-01T09:00:00Z"));
        assertThat(plan.closesAt(at("2026-03-01T09:00:00Z"), NOON, UTC)).isEqualTo(at("2026-03-01T17:30:00Z"));
        assertThat(plan.closesAt(at("2026-03-01T17:30:00Z"), NOON, UTC)).isEqualTo(at("2026-03-02T09:00:00Z"));
        assertThat(plan.closesAt(at("2026-03-01T08:30:00Z"), NOON, BERLIN)).isEqualTo(at("2026-03-01T16:30:00Z"));
        assertThat(inBerlin.closesAt(at("2026-03-01T08:30:00Z"), NOON, UTC)).isEqualTo(at("2026-03-01T16:30:00Z"));
    }

    @Test
    void a_time_that_the_clocks_skip_is_the_first_instant_after_it() {
        // Then
        assertThat(plan("at: \"02:30\"").closesAt(at("2026-03-28T23:00:00Z"), NOON, BERLIN))
                .isEqualTo(at("2026-03-29T01:00:00Z"));
        assertThat(plan("at: \"02:30\"").closesAt(at("2026-03-29T01:00:00Z"), NOON, BERLIN))
                .isEqualTo(at("2026-03-30T00:30:00Z"));
    }

    @Test
    void a_time_that_comes_twice_is_the_first_of_the_two() {
        // Then
        assertThat(plan("at: \"02:30\"").closesAt(at("2026-10-24T22:00:00Z"), NOON, BERLIN))
                .isEqualTo(at("2026-10-25T00:30:00Z"));
        assertThat(plan("at: \"02:30\"").closesAt(at("2026-10-25T00:30:00Z"), NOON, BERLIN))
                .isEqualTo(at("2026-10-26T01:30:00Z"));
    }

    @Test
    void a_day_that_a_zone_left_out_is_passed_over() {
        // Given
        var samoa = ZoneId.of("Pacific/Apia");

        // When
        var closes = plan("at: \"09:00\"").closesAt(at("2011-12-29T20:00:00Z"), NOON, samoa);

        // Then
        assertThat(closes).isEqualTo(at("2011-12-30T10:00:00Z")); // midnight, where the missing day would have been
    }

    @Test
    void an_event_is_absorbed_with_what_the_template_will_need_of_it() {
        // Given
        var rule = ruleWith(
                "digest: { wait: PT10M, by: 'for ${event.data.shop}' }",
                "once: 'k/${event.data.n}'",
                "notify: { type: T, context: { n: event.data.n } }");

        // When
        var wait = (Decision.Wait) rule.evaluate(event(Map.of("n", 7L, "shop", "s-1")), Facts.none())
                .decide(customer("c-1"), NOON);

        // Then
        assertThat(wait.kind()).isEqualTo(WaitKind.DIGEST);
        assertThat(wait.until()).isNull();
        assertThat(wait.key()).isEqualTo("for s-1");
        assertThat(wait.context()).isEqualTo(Map.of("n", 7L));
        assertThat(wait.businessKey()).isEqualTo("k/7");
        assertThat(wait.gates().get(2)).isEqualTo(GateResult.passed(Gate.DIGEST, "until PT10M after the first"));
    }

    @Test
    void what_cannot_be_told_apart_is_not_absorbed() {
        // Given
        var rule = ruleWith("digest: { wait: PT10M, by: '${event.data.shop}' }");

        // When
        var decision = rule.evaluate(event(Map.of()), Facts.none()).decide(customer("c-1"), NOON);

        // Then
        assertThat(decision)
                .isInstanceOfSatisfying(
                        Decision.Ignore.class, no -> assertThat(no.reason()).isEqualTo(Reason.VARIABLE_MISSING));
        assertThat(decision.gates().get(2).name()).isEqualTo("digest");
    }

    @Test
    void a_digest_that_closes_is_one_notification_of_all_its_items() {
        // Given
        var rule = ruleWith("digest: { at: '09:00' }", "once: 'k/${event.data.n}'", "throttle: { per: PT1H }");
        List<Map<String, Object>> items = List.of(Map.of("n", 6L), Map.of("n", 7L));

        // When
        var told = (Decision.Notify)
                rule.evaluate(event(Map.of("n", 7L)), Facts.none()).releaseDigest(customer("c-1"), items, NOON);

        // Then
        assertThat(told.context()).isEqualTo(Map.of("n", 7L, "items", items, "count", 2L));
        assertThat(told.businessKey()).isNull();
        assertThat(told.throttle()).isNotNull();
        assertThat(told.gates()).containsExactly(GateResult.passed(Gate.DIGEST, "2 items"));
    }

    @Test
    void too_few_items_are_no_digest() {
        // Given
        var rule = ruleWith("digest: { wait: PT10M, min-items: 3 }");

        // When
        var decision = rule.evaluate(event(Map.of()), Facts.none())
                .releaseDigest(customer("c-1"), List.of(Map.of(), Map.of()), NOON);

        // Then
        assertThat(decision).isInstanceOfSatisfying(Decision.Ignore.class, no -> {
            assertThat(no.reason()).isEqualTo(Reason.CONDITION_FALSE);
            assertThat(no.detail()).isEqualTo("2 of at least 3 items");
        });
    }

    private static DigestClause plan(String fields) {
        return ruleWith("digest: { " + fields + " }").digest().orElseThrow();
    }

    private static Instant at(String instant) {
        return Instant.parse(instant);
    }
}
