package dev.carillon.eventsourced.rule;

import static dev.carillon.eventsourced.rule.RuleFixtures.NOON;
import static dev.carillon.eventsourced.rule.RuleFixtures.book;
import static dev.carillon.eventsourced.rule.RuleFixtures.customer;
import static dev.carillon.eventsourced.rule.RuleFixtures.happened;
import static dev.carillon.eventsourced.rule.RuleFixtures.ruleWith;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.notification.decision.GateResult;
import dev.carillon.notification.decision.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AfterTest {

    private static final Duration DAY = Duration.ofHours(24);

    private final Rule rule = ruleWith("after: { event: [s, t], within: PT24H }");
    private final RuleEvent trigger = happened("ev-2", "e", "c-1", NOON, Map.of());

    @Test
    void only_an_event_of_the_same_customer_within_the_time_counts_by_when_it_happened() {
        // Given
        var after = rule.after().orElseThrow();

        // Then
        assertThat(after.events()).containsExactly("s", "t");
        assertThat(after.length()).isEqualTo(DAY);
        assertThat(after.pairs(trigger, happened("ev-1", "s", "c-1", NOON.minus(DAY), Map.of())))
                .isTrue();
        assertThat(after.pairs(trigger, happened("ev-1", "t", "c-1", NOON, Map.of())))
                .isTrue();
        assertThat(after.pairs(
                        trigger, happened("ev-1", "s", "c-1", NOON.minus(DAY).minusNanos(1), Map.of())))
                .isFalse();
        assertThat(after.pairs(trigger, happened("ev-1", "s", "c-1", NOON.plusNanos(1), Map.of())))
                .isFalse();
        assertThat(after.pairs(trigger, happened("ev-1", "s", "c-2", NOON, Map.of())))
                .isFalse();
        assertThat(after.pairs(trigger, happened("ev-1", "u", "c-1", NOON, Map.of())))
                .isFalse();
        assertThat(after.pairs(trigger, happened("ev-1", "s", null, NOON, Map.of())))
                .isFalse();
    }

    @Test
    void an_event_does_not_follow_itself() {
        // Given
        var again = ruleWith("after: { event: e, within: PT24H }").after().orElseThrow();

        // Then
        assertThat(again.pairs(trigger, trigger)).isFalse();
        assertThat(again.pairs(trigger, happened("ev-1", "e", "c-1", NOON, Map.of())))
                .isTrue();
    }

    @Test
    void by_must_be_the_same_on_both_and_there() {
        // Given
        var after = ruleWith("after: { event: s, within: PT1H, by: event.data.order }")
                .after()
                .orElseThrow();
        var ofOne = happened("ev-2", "e", "c-1", NOON, Map.of("order", 1L));

        // Then
        assertThat(after.pairs(ofOne, happened("ev-1", "s", "c-1", NOON, Map.of("order", "1"))))
                .isTrue();
        assertThat(after.pairs(ofOne, happened("ev-1", "s", "c-1", NOON, Map.of("order", "2"))))
                .isFalse();
        assertThat(after.pairs(ofOne, happened("ev-1", "s", "c-1", NOON, Map.of())))
                .isFalse();
        assertThat(after.pairs(trigger, happened("ev-1", "s", "c-1", NOON, Map.of())))
                .isFalse();
    }

    @Test
    void when_looks_at_both() {
        // Given
        var after = ruleWith("after: { event: s, within: PT1H, when: \"earlier.data.n < event.data.n\" }")
                .after()
                .orElseThrow();
        var two = happened("ev-2", "e", "c-1", NOON, Map.of("n", 2L));

        // Then
        assertThat(after.pairs(two, happened("ev-1", "s", "c-1", NOON, Map.of("n", 1L))))
                .isTrue();
        assertThat(after.pairs(two, happened("ev-1", "s", "c-1", NOON, Map.of("n", 2L))))
                .isFalse();
        assertThat(after.pairs(two, happened("ev-1", "s", "c-1", NOON, Map.of())))
                .isFalse();
    }

    @Test
    void without_the_earlier_event_it_is_waited_for() {
        // When
        var opened = rule.evaluate(trigger, Facts.none()).opens();
        var decided = rule.evaluate(trigger, Facts.none()).decide(customer("c-1"), NOON);

        // Then
        assertThat(opened.reason()).isEqualTo(Reason.AWAITING_CORRELATION);
        assertThat(opened.detail()).isEqualTo("s or t within PT24H has not been heard");
        assertThat(opened.ignored().gates()).extracting(GateResult::name).containsExactly("when", "after");
        assertThat(decided.gates()).isEqualTo(opened.gates());
    }

    @Test
    void a_fact_that_does_not_fit_is_none() {
        // When
        var gate = rule.evaluate(trigger, Facts.none().withEarlier(happened("ev-1", "s", "c-2", NOON, Map.of())))
                .opens();

        // Then
        assertThat(gate.passed()).isFalse();
    }

    @Test
    void the_earlier_event_may_be_spoken_of() {
        // Given
        var telling = ruleWith(
                "after: { event: s, within: PT1H }",
                "where: earlier.data.vip == true",
                "once: \"k/${earlier.id}\"",
                "notify: { type: T, context: { since: earlier.time, from: earlier.traits.city } }");
        var earlier =
                new RuleEvent("ev-1", "s", "/test", "c-1", NOON, NOON, Map.of("vip", true), Map.of("city", "Ulm"));

        // When
        var told = (Decision.Notify)
                telling.evaluate(trigger, Facts.none().withEarlier(earlier)).decide(customer("c-1"), NOON);

        // Then
        assertThat(told.gates()).extracting(GateResult::name).containsExactly("when", "after", "audience", "where");
        assertThat(told.gates().get(1).detail()).isEqualTo("s at 2026-03-01T12:00:00Z");
        assertThat(told.businessKey()).isEqualTo("k/ev-1");
        assertThat(told.context()).isEqualTo(Map.of("since", "2026-03-01T12:00:00Z", "from", "Ulm"));
    }

    @Test
    void both_events_are_news_to_the_rule_but_it_listens_to_one() {
        // Given
        var book = book("- { id: r, on: [e, f.*], after: { event: s, within: PT1H }, notify: { type: T } }");

        // Then
        assertThat(book.listeningTo("s")).extracting(Rule::id).containsExactly("r");
        assertThat(book.listeningTo("e")).extracting(Rule::id).containsExactly("r");
        assertThat(book.rules().get(0).listensTo("s")).isFalse();
    }

    /** Whoever hears both in any order, with any repetition, must find the same pairs. */
    @Test
    void the_order_of_arrival_makes_no_difference() {
        // Given
        var after = rule.after().orElseThrow();
        var random = new Random(11);
        var happenings = IntStream.range(0, 60)
                .mapToObj(i -> happened(
                        "ev-" + i,
                        random.nextBoolean() ? "e" : "s",
                        "c-" + random.nextInt(3),
                        NOON.plus(Duration.ofHours(random.nextInt(72))),
                        Map.of()))
                .toList();
        var expected = pairs(after, happenings);

        // Then
        assertThat(expected).isNotEmpty();
        for (int seed = 0; seed < 50; seed++) {
            var shuffled = new ArrayList<>(happenings);
            shuffled.addAll(happenings.subList(0, 10));
            Collections.shuffle(shuffled, new Random(seed));
            assertThat(pairs(after, shuffled)).isEqualTo(expected);
        }
    }

    /** As a reaction does it: each event, when it is heard, looks both ways among those heard so far. */
    private static Set<String> pairs(Correlation after, List<RuleEvent> arrivals) {
        List<RuleEvent> heard = new ArrayList<>();
        return arrivals.stream()
                .flatMap(event -> {
                    heard.add(event);
                    return List.copyOf(heard).stream()
                            .flatMap(other -> Stream.of(pair(after, event, other), pair(after, other, event)));
                })
                .filter(pair -> !pair.isEmpty())
                .collect(Collectors.toSet());
    }

    private static String pair(Correlation after, RuleEvent trigger, RuleEvent earlier) {
        return trigger.type().equals("e") && after.pairs(trigger, earlier) ? earlier.id() + ">" + trigger.id() : "";
    }
}
