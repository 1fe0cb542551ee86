package dev.carillon.eventsourced.rule;

import static dev.carillon.eventsourced.rule.RuleFixtures.NOON;
import static dev.carillon.eventsourced.rule.RuleFixtures.book;
import static dev.carillon.eventsourced.rule.RuleFixtures.customer;
import static dev.carillon.eventsourced.rule.RuleFixtures.event;
import static dev.carillon.eventsourced.rule.RuleFixtures.happened;
import static dev.carillon.eventsourced.rule.RuleFixtures.ruleWith;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.notification.decision.GateResult;
import dev.carillon.notification.decision.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a rule may cost: too much by itself and it is refused, too much on an event and it is stopped there. Counted in steps, not in time. */
class CostlyRulesTest {

    /** Costs more than any event may, and what it gives would be a bool. */
    private static final String DEAR = "event.data.l.all(a, event.data.l.all(b, a + b >= 0))";

    private static final String DEAR_TEXT = "string(" + DEAR + ")";

    /** A thousand numbers and items, a text of a million characters, and a list of a hundred thousand words. */
    private static final Map<String, Object> BIG = big();

    private static Map<String, Object> big() {
        Map<String, Object> data = new HashMap<>();
        data.put("l", LongStream.range(0, 1_000).boxed().toList());
        data.put(
                "items",
                LongStream.range(0, 1_000)
                        .mapToObj(n -> Map.<String, Object>of("sku", "s" + n, "quantity", n))
                        .toList());
        data.put("words", IntStream.range(0, 100_000).mapToObj(n -> "word" + n).toList());
        data.put("text", "a".repeat(1_000_000));
        data.put("line", "a".repeat(1_000));
        data.put("status", "SHIPPED");
        data.put("email", "someone@example.com");
        data.put("nothing", null);
        return data;
    }

    static Stream<String> tooCostlyToBegin() {
        String many = IntStream.range(0, 300).mapToObj(Integer::toString).collect(Collectors.joining(",", "[", "]"));
        return Stream.of(
                "!event.id.matches('(x{1000}){1000}')",
                "event.id.matches('((((a{10}){10}){10}){10}){10}')",
                "event.id.matches('(a|b{999}|c{999}){2}')",
                "event.id.matches('(?P<n>(?:x{30}y){30}){2}')",
                "event.id.matches(r'[]}]{1000}\\\\d{1000}')",
                "event.id.matches('" + "a".repeat(1_001) + "')",
                "event.id.matches(event.data.pattern)",
                "event.id.matches('^' + event.data.prefix)",
                "matches(event.id, event.data.status == 'x' ? 'a' : 'b')",
                "event.data.l.all(a, event.data.l.all(b, event.data.l.all(c, a + b + c >= 0)))",
                "event.data.l.map(a, event.data.l.filter(b, event.data.l.exists(c, c == a + b))).size() > 0",
                many + ".all(a, " + many + ".all(b, a + b >= 0))",
                many + ".map(a, a + 1).exists(a, (" + many + " + " + many + ").exists_one(b, b == a))",
                "event.data.l.all(x, event.data.l.all(x, event.data.l.all(x, {x: event.data.l.all(x, x > 0)} != {})))");
    }

    @ParameterizedTest
    @MethodSource("tooCostlyToBegin")
    void is_refused_where_it_is_written(String condition) {
        // When, Then
        assertThatThrownBy(() -> ruleWith("when: " + quoted(condition)))
                .isInstanceOfSatisfying(
                        InvalidRuleException.class,
                        refused -> assertThat(refused.problems())
                                .singleElement()
                                .satisfies(problem -> {
                                    assertThat(problem.field()).isEqualTo("when");
                                    assertThat(problem.line()).isEqualTo(4);
                                    assertThat(problem.column()).isGreaterThan(8);
                                    assertThat(problem.message())
                                            .containsAnyOf(
                                                    "costs too much",
                                                    "the pattern is too large",
                                                    "the pattern must be written out");
                                }));
    }

    static Stream<String> tooCostlyOnABigEvent() {
        return Stream.of(
                DEAR,
                "event.data.l.map(a, event.data.line + event.data.line + event.data.line).size() > 0",
                "event.data.items.map(i, event.data.words).map(w, w.size()).exists(n, event.data.words.exists(x, x == 'nope'))",
                "event.data.text.contains(event.data.line + 'b')",
                "event.data.l.exists(n, event.data.text.contains('b' + string(n)))",
                "event.data.text.matches('(a|b|ab)*c')",
                "event.data.line.matches('((a|b|ab)*c){60}')",
                "event.data.l.all(n, event.data.line.matches('(a|b|ab)*'))",
                "event.data.l.all(n, event.data == event.data)",
                "event.data.l.all(n, event.data.text < event.data.text + 'a')",
                "event.data.l.all(n, !('nope' in event.data.words))",
                "event.data.l.all(n, !(-1 in event.data.l))",
                "event.data.l.all(n, {dyn(event.data.words): n}.size() == 1)",
                "event.data.l.all(n, {'a': 1}[dyn(event.data.words)] == 1 || true)",
                "event.data.l.all(n, event.data || true)",
                "event.data.l.all(n, event.data.text ? false : true) || true",
                "event.data.l.all(n, n.nope == 1) || true",
                "event.data.l.exists(n, n + 'a' == 'b' || n + 'c' == 'd' || n / 0 == 1)",
                "event.data.l.all(n, event.data['key' + string(n)] == 1 || true)",
                "event.data.l.all(n, duration(event.data.text) > duration('1s') || true)",
                "event.data.l.all(n, timestamp(event.data.text) > event.time || true)",
                "event.data.l.all(n, event.time.getHours(event.data.text) == 1 || true)",
                "event.data.l.all(n, timestamp('2026-01-01T00:00:00Z').getHours('America/New_York') == 19)",
                "event.data.l.all(n, int(event.data.text) == 1 || true)",
                "event.data.l.all(n, bytes(event.data.text) == bytes(event.data.text))",
                "event.data.l.all(n, event.data.text.size() > 1)",
                "[event.data.line]" + ".map(a, a + a)".repeat(40) + ".size() > 0",
                "[bytes(event.data.line)]" + ".map(a, a + a)".repeat(40) + ".size() > 0",
                "[event.data.l]" + ".map(a, a + a)".repeat(40) + ".size() > 0",
                "[1]" + ".map(a, [a, a])".repeat(40) + " == [1]" + ".map(a, [a, a])".repeat(40));
    }

    @ParameterizedTest
    @MethodSource("tooCostlyOnABigEvent")
    void is_stopped_on_an_event_that_makes_it_dear(String condition) {
        // Given
        Evaluation evaluation = ruleWith("when: " + quoted(condition)).evaluate(event(BIG), Facts.none());

        // When
        EventGate opened = evaluation.opens();

        // Then
        assertThat(opened.reason()).isEqualTo(Reason.RULE_TOO_COSTLY);
        assertThat(opened.gate().name()).isEqualTo("budget");
        assertThat(opened.detail()).endsWith("costs too much on this event");
        assertThat(evaluation.spent()).isLessThanOrEqualTo(Budget.ANSWER);
    }

    @ParameterizedTest
    @MethodSource("tooCostlyOnABigEvent")
    void asks_the_same_on_a_small_event(String condition) {
        // Given
        Map<String, Object> small = Map.of(
                "l", List.of(), "items", List.of(), "words", List.of(), "text", "a", "line", "", "status", "SHIPPED");

        // When
        EventGate opened = ruleWith("when: " + quoted(condition))
                .evaluate(event(small), Facts.none())
                .opens();

        // Then
        assertThat(opened.reason()).isNotEqualTo(condition.startsWith("[1]") ? null : Reason.RULE_TOO_COSTLY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "event.data.status == 'SHIPPED' && event.data.nothing == null && event.data.text != event.data.status",
                "event.data.items.exists(i, i.sku == 's999')",
                "event.data.items.filter(i, i.quantity > 990).map(i, i.sku).size() == 9",
                "event.data.l.all(n, n >= 0)",
                "'s' + string(event.data.l[999]) == event.data.items[999].sku",
                "event.data.text.startsWith('aaa') && event.data.text.endsWith('a')",
                "event.data.words.size() == 100000 && 'word500' in event.data.words",
                "event.data.email.matches('^[^@]+@[^@]+[.][a-z]{2,}$')",
                "event.data.text.size() > 100000 && !event.data.line.contains('b')",
            })
    void an_innocent_rule_is_answered_however_big_the_event(String condition) {
        // When, Then
        assertThat(ruleWith("when: " + quoted(condition))
                        .evaluate(event(BIG), Facts.none())
                        .opens()
                        .passed())
                .isTrue();
    }

    /** Each clause that holds CEL; {@code collect} waits for the same events. */
    static Stream<List<String>> clauses() {
        String collect = "collect: { by: %s, item: %s, value: %s, expect: %s }";
        String yes = "when: 'true'";
        return Stream.of(
                List.of("when: " + quoted(DEAR)),
                List.of("where: " + quoted(DEAR)),
                List.of("audience: { cart: " + quoted(DEAR_TEXT) + " }"),
                List.of("audience: { wishlist: " + quoted(DEAR_TEXT) + " }"),
                List.of("audience: { segment: " + quoted("${" + DEAR_TEXT + "}") + " }"),
                List.of("audience: { customers: [" + quoted("${" + DEAR_TEXT + "}") + "] }"),
                List.of("once: " + quoted("order/${" + DEAR_TEXT + "}")),
                List.of("throttle: { max: 1, per: PT1H, by: " + quoted("${" + DEAR_TEXT + "}") + " }"),
                List.of("digest: { wait: PT1H, by: " + quoted("${" + DEAR_TEXT + "}") + " }"),
                List.of("notify: { type: T, locale: " + quoted(DEAR_TEXT) + " }"),
                List.of("notify: { type: T, context: { cheap: event.id, dear: " + quoted(DEAR) + " } }"),
                List.of("notify: { type: T, context: { twice: " + quoted("[1]" + ".map(a, [a, a])".repeat(40))
                        + " } }"),
                List.of("notify: { type: T, context: { text: " + quoted("event.data.l.map(a, event.data.text)")
                        + " } }"),
                List.of("notify: { type: T, context: {"
                        + IntStream.range(0, 100)
                                .mapToObj(n -> "v" + n + ": " + quoted("event.data.l.filter(a, a > " + n + ").size()"))
                                .collect(Collectors.joining(", "))
                        + "} }"),
                List.of(yes, collect.formatted(quoted(DEAR_TEXT), "event.id", "event.id", quoted("['a']"))),
                List.of(yes, collect.formatted("event.id", "event.id", "event.id", quoted("[" + DEAR_TEXT + "]"))),
                List.of(
                        "when: "
                                + quoted(
                                        "collected.all(c, c == '' && event.data.text.contains(event.data.line + 'b'))"),
                        collect.formatted("event.id", "event.id", "event.id", quoted("['a']"))));
    }

    @ParameterizedTest
    @MethodSource("clauses")
    void whichever_clause_it_is_the_decision_says_so(List<String> lines) {
        // Given
        Evaluation evaluation = ruleWith(lines.toArray(String[]::new)).evaluate(event(BIG), Facts.none());

        // When
        Decision decision = evaluation.decide(customer("c-1"), NOON);

        // Then
        assertThat(reason(decision)).isEqualTo(Reason.RULE_TOO_COSTLY);
        assertThat(evaluation.spent()).isLessThanOrEqualTo(Budget.ANSWER);
    }

    @Test
    void what_a_set_collects_is_told_for_little_or_not_at_all() {
        // Given
        Rule dear = ruleWith(
                "when: 'true'",
                "collect: { by: event.id, item: " + quoted(DEAR_TEXT) + ", value: event.id, expect: \"['a']\" }");

        // When, Then
        assertThat(dear.collecting(event(BIG))).isEmpty();
        assertThat(dear.collecting(event(Map.of("l", List.of())))).isPresent();
    }

    @Test
    void a_pair_of_events_that_is_dear_to_compare_is_left_to_the_gate() {
        // Given
        Rule after = ruleWith("after: { event: s, within: PT24H, when: " + quoted(DEAR) + " }");
        Rule absence = ruleWith("absence: { event: s, for: PT24H, by: " + quoted(DEAR_TEXT) + " }");
        RuleEvent other = happened("ev-0", "s", "c-1", NOON, BIG);
        RuleEvent heard = event(BIG);
        Correlation.Pairing pairing = new Correlation.Pairing(after.after().orElseThrow());

        // When
        boolean paired = IntStream.range(0, 100).allMatch(n -> pairing.pairs(heard, other));

        // Then
        assertThat(paired).isTrue();
        assertThat(pairing.spent()).isLessThanOrEqualTo(Budget.ANSWER);
        assertThat(after.evaluate(heard, Facts.none().withEarlier(other))
                        .opens()
                        .reason())
                .isEqualTo(Reason.RULE_TOO_COSTLY);
        assertThat(absence.absence().orElseThrow().pairs(heard, other)).isTrue();
        assertThat(reason(absence.evaluate(heard, Facts.none())
                        .release(customer("c-1"), NOON.plus(Duration.ofDays(1)), other)))
                .isEqualTo(Reason.RULE_TOO_COSTLY);
    }

    @Test
    void a_recheck_and_a_timeout_are_bounded_like_everything_else() {
        // Given
        Rule delay = ruleWith("delay: PT1H", "recheck: true", "where: " + quoted(DEAR));
        Rule timeout = ruleWith(
                "when: \"collected.all(c, c != '')\"",
                "collect: { by: event.id, item: event.id, value: event.id, expect: \"['a']\", timeout: { after: PT1H, notify: { type: T, context: { dear: "
                        + quoted(DEAR) + " } } } }");

        // When, Then
        assertThat(reason(delay.evaluate(event(BIG), Facts.none()).release(customer("c-1"), NOON, null)))
                .isEqualTo(Reason.RULE_TOO_COSTLY);
        assertThat(reason(timeout.evaluate(event(BIG), Facts.none()).timedOut(customer("c-1"), NOON)))
                .isEqualTo(Reason.RULE_TOO_COSTLY);
    }

    @Test
    void other_rules_go_on() {
        // Given
        RuleBook rules = book("""
                - { id: dear, on: e, when: "%s", notify: { type: T } }
                - { id: usual, on: e, when: "event.data.status == 'SHIPPED'", notify: { type: T } }
                """.formatted(DEAR));

        // When
        List<EventGate> opened = rules.listeningTo("e").stream()
                .map(rule -> rule.evaluate(event(BIG), Facts.none()).opens())
                .toList();

        // Then
        assertThat(opened).extracting(EventGate::reason).containsExactly(Reason.RULE_TOO_COSTLY, null);
    }

    @Test
    void an_audience_shares_what_one_event_may_cost() {
        // Given
        Rule rule = ruleWith(
                "audience: { segment: gold }", "where: " + quoted("event.data.items.exists(i, i.sku == customer.id)"));
        Evaluation evaluation = rule.evaluate(event(BIG), Facts.none()).addressing(500);

        // When
        List<Reason> reasons = new ArrayList<>();
        IntStream.range(0, 500).forEach(n -> reasons.add(reason(evaluation.decide(customer("s" + n + "x"), NOON))));

        // Then
        assertThat(evaluation.spent()).isLessThanOrEqualTo(Budget.ANSWER + 500L * Budget.CUSTOMER);
        assertThat(reasons)
                .startsWith(Reason.NOT_ELIGIBLE)
                .endsWith(Reason.RULE_TOO_COSTLY)
                .containsOnly(Reason.NOT_ELIGIBLE, Reason.RULE_TOO_COSTLY);
    }

    @Test
    void what_does_not_depend_on_the_customer_is_asked_once_for_all_of_them() {
        // Given
        Rule rule = ruleWith(
                "when: " + quoted("event.data.items.exists(i, i.sku == 's999')"),
                "audience: { segment: \"${event.data.items.filter(i, i.quantity > 998)[0].sku}\" }",
                "where: customer.segment == 'gold'",
                "once: \"sale/${customer.id}\"");
        Evaluation evaluation = rule.evaluate(event(BIG), Facts.none()).addressing(500);

        // When
        List<Decision> decisions = IntStream.range(0, 500)
                .mapToObj(n -> evaluation.decide(RuleFixtures.goldCustomer("c-" + n), NOON))
                .toList();

        // Then
        assertThat(decisions).hasOnlyElementsOfType(Decision.Notify.class);
        assertThat(evaluation.spent()).isLessThan(Budget.ANSWER + 500L * 50);
    }

    @Test
    void one_answer_takes_no_more_than_its_share_however_many_are_addressed() {
        // Given
        Evaluation evaluation = ruleWith("where: " + quoted(DEAR))
                .evaluate(event(BIG), Facts.none())
                .addressing(500);

        // When
        Decision decision = evaluation.decide(customer("c-1"), NOON);

        // Then
        assertThat(reason(decision)).isEqualTo(Reason.RULE_TOO_COSTLY);
        assertThat(evaluation.spent()).isEqualTo(Budget.ANSWER);
    }

    @Test
    void it_stops_at_the_same_step_each_time() {
        // Given
        Rule rule = ruleWith("when: " + quoted("event.data.l.filter(n, n.nope == 1 || n > 500).size() > 400"));

        // When
        List<List<GateResult>> gates = IntStream.range(0, 3)
                .mapToObj(n -> rule.evaluate(event(BIG), Facts.none()).opens().gates())
                .distinct()
                .toList();
        List<Long> spent = Stream.generate(() -> rule.evaluate(event(BIG), Facts.none()))
                .limit(3)
                .map(evaluation -> {
                    evaluation.opens();
                    return evaluation.spent();
                })
                .distinct()
                .toList();

        // Then
        assertThat(gates).hasSize(1);
        assertThat(spent).hasSize(1);
    }

    private static Reason reason(Decision decision) {
        return decision instanceof Decision.Ignore ignore ? ignore.reason() : null;
    }

    private static String quoted(String cel) {
        return "\"" + cel.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
