package dev.carillon.eventsourced.rule;

import static dev.carillon.eventsourced.rule.RuleFixtures.NOON;
import static dev.carillon.eventsourced.rule.RuleFixtures.customer;
import static dev.carillon.eventsourced.rule.RuleFixtures.dataWithNull;
import static dev.carillon.eventsourced.rule.RuleFixtures.event;
import static dev.carillon.eventsourced.rule.RuleFixtures.goldCustomer;
import static dev.carillon.eventsourced.rule.RuleFixtures.order;
import static dev.carillon.eventsourced.rule.RuleFixtures.ruleWith;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.notification.Priority;
import dev.carillon.notification.decision.Gate;
import dev.carillon.notification.decision.GateResult;
import dev.carillon.notification.decision.Reason;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RuleGatesTest {

    @Test
    void a_rule_with_nothing_but_a_notification_tells_the_subject() {
        // Given
        var rule = ruleWith();

        // When
        var decision = rule.evaluate(event(Map.of("a", 1L)), Facts.none()).decide(customer("c-1"), NOON);

        // Then
        assertThat(decision)
                .isEqualTo(new Decision.Notify(
                        rule.ref(),
                        "c-1",
                        "T",
                        Map.of("a", 1L),
                        null,
                        List.of(),
                        Priority.NORMAL,
                        null,
                        null,
                        false,
                        null,
                        List.of(
                                GateResult.passed(Gate.WHEN, "no condition"),
                                GateResult.passed(Gate.AUDIENCE, "the subject of the event"))));
    }

    @Test
    void the_language_is_what_the_rule_says_where_that_is_one() {
        // Given
        var rule = RuleFixtures.book(List.of(new RuleSource(
                        "r.yaml", "- { id: r, on: a.b, notify: { type: T, locale: event.data.language } }")))
                .rules()
                .get(0);

        // Then
        assertThat(localeOf(rule, Map.of("language", "de_at"))).isEqualTo(Locale.forLanguageTag("de-AT"));
        assertThat(localeOf(rule, Map.of("language", "German"))).isNull();
        assertThat(localeOf(rule, Map.of("language", 5L))).isNull();
        assertThat(localeOf(rule, Map.of())).isNull();
        for (var written : List.of("'de_at'", "event.data.vip == true ? 'de' : ''", "'' ")) {
            assertThat(RuleFixtures.book(List.of(new RuleSource(
                                    "r.yaml",
                                    "- { id: r, on: a.b, notify: { type: T, locale: \"" + written + "\" } }")))
                            .rules())
                    .hasSize(1);
        }
    }

    private static Locale localeOf(Rule rule, Map<String, Object> data) {
        return ((Decision.Notify) rule.evaluate(event(data), Facts.none()).decide(customer("c-1"), NOON)).locale();
    }

    @Test
    void gates_are_listed_in_order_up_to_the_verdict() {
        // Given
        var rule = ruleWith("when: 'true'", "where: customer.segment == 'gold'", "once: 'k/${event.id}'");

        // When
        var told = rule.evaluate(event(Map.of()), Facts.none()).decide(goldCustomer("c-1"), NOON);
        var refused = rule.evaluate(event(Map.of()), Facts.none()).decide(customer("c-1"), NOON);

        // Then
        assertThat(told.gates()).extracting(GateResult::name).containsExactly("when", "audience", "where");
        assertThat(refused.gates()).extracting(GateResult::name).containsExactly("when", "audience", "where");
        assertThat(refused).isInstanceOfSatisfying(Decision.Ignore.class, no -> {
            assertThat(no.reason()).isEqualTo(Reason.NOT_ELIGIBLE);
            assertThat(no.gates().get(2).reason()).isEqualTo(no.reason());
            assertThat(no.gates().get(2).detail()).isEqualTo(no.detail());
        });
    }

    @Test
    void a_false_when_closes_the_rule_and_says_which_condition() {
        // Given
        var rule = ruleWith("when: event.data.status == 'SHIPPED'");

        // When
        var gate =
                rule.evaluate(event(Map.of("status", "PACKED")), Facts.none()).opens();

        // Then
        assertThat(gate.passed()).isFalse();
        assertThat(gate.reason()).isEqualTo(Reason.CONDITION_FALSE);
        assertThat(gate.detail()).isEqualTo("event.data.status == 'SHIPPED' is false");
        assertThat(gate.ignored())
                .isEqualTo(new Decision.Ignore(
                        rule.ref(), null, Reason.CONDITION_FALSE, gate.detail(), List.of(gate.gate())));
    }

    @Test
    void an_opened_rule_is_nothing_to_ignore() {
        // Given
        var opened = ruleWith().evaluate(event(Map.of()), Facts.none()).opens();

        // Then
        assertThatThrownBy(opened::ignored).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void what_an_event_lacks_or_has_in_the_wrong_form_is_a_no_with_its_name() {
        // Then
        assertThat(detail("event.data.new < event.data.old", Map.of("new", 1L)))
                .isEqualTo("event.data.new < event.data.old: no field 'old'");
        assertThat(detail("event.data.a.b.c == 1", Map.of("a", Map.of())))
                .isEqualTo("event.data.a.b.c == 1: no field 'b'");
        assertThat(detail("event.data.a.b == 1", Map.of("a", "text"))).isEqualTo("event.data.a.b == 1: no field 'b'");
        assertThat(detail("event.data.a < 1", Map.of("a", "text"))).isEqualTo("event.data.a < 1: the types do not fit");
        assertThat(detail("1 / event.data.a > 1", Map.of("a", 0L))).isEqualTo("1 / event.data.a > 1: division by zero");
        assertThat(detail("event.data.a[3] == 1", Map.of("a", List.of(1L))))
                .isEqualTo("event.data.a[3] == 1: no such list entry");
        assertThat(detail("int(event.data.a) == 1", Map.of("a", "x")))
                .isEqualTo("int(event.data.a) == 1: a value has the wrong form");
        assertThat(detail("event.data.a * 9 > 1", Map.of("a", Long.MAX_VALUE)))
                .isEqualTo("event.data.a * 9 > 1: number out of range");
        assertThat(detail("event.data.a", Map.of("a", "yes"))).isEqualTo("event.data.a is neither true nor false");
        assertThat(detail("event.subject == 'x'", Map.of())).isEqualTo("event.subject == 'x' is false");
        assertThat(detail("event.data.a < 1", dataWithNull("a"))).isEqualTo("event.data.a < 1: the types do not fit");
    }

    @Test
    void a_value_out_of_an_event_never_gets_into_a_detail() {
        // Then
        assertThat(detail("event.data[event.data.mail] == 1", Map.of("mail", "ada@example.org")))
                .isEqualTo("event.data[event.data.mail] == 1: no such field");
        assertThat(detail("timestamp(event.data.mail) > event.time", Map.of("mail", "ada@example.org")))
                .doesNotContain("ada@");
    }

    @Test
    void a_condition_that_would_loop_too_long_is_a_no() {
        // Given
        var many = java.util.stream.LongStream.range(0, 1_000).boxed().toList();

        // Then
        assertThat(detail("event.data.a.all(x, event.data.a.all(y, x + y >= 0))", Map.of("a", many)))
                .isEqualTo("event.data.a.all(x, event.data.a.all(y, x + y >= 0)): costs too much on this event");
    }

    @Test
    void conditions_see_numbers_of_any_kind_nulls_and_time() {
        // Then
        assertThat(holds("event.data.a < 149.99", Map.of("a", 120L))).isTrue();
        assertThat(holds("event.data.a < 149.99", Map.of("a", 120))).isTrue();
        assertThat(holds("event.data.a == 120", Map.of("a", new java.math.BigDecimal("120.00"))))
                .isTrue();
        assertThat(holds("event.data.a == 120.0", Map.of("a", 120L))).isTrue();
        assertThat(holds("event.data.a == null", dataWithNull("a"))).isTrue();
        assertThat(holds("event.data.a[0].b == null", Map.of("a", List.of(dataWithNull("b")))))
                .isTrue();
        assertThat(holds("event.time < timestamp('2026-03-02T00:00:00Z')", Map.of()))
                .isTrue();
        assertThat(holds("event.id == 'ev-1' && event.type == 'e' && event.source == '/test'", Map.of()))
                .isTrue();
        assertThat(holds("has(event.data.a) && event.data.a", Map.of())).isFalse();
        assertThat(holds("event.data.tags.exists(t, t.startsWith('vip'))", Map.of("tags", List.of("x", "vip-1"))))
                .isTrue();
    }

    @Test
    void when_sees_the_facts_and_says_when_there_are_none() {
        // Given
        var rule = ruleWith("when: order.total > 100");

        // Then
        assertThat(rule.evaluate(event(Map.of()), order(Map.of("total", 120.5)))
                        .opens()
                        .passed())
                .isTrue();
        assertThat(rule.evaluate(event(Map.of()), Facts.none()).opens().detail())
                .isEqualTo("order.total > 100: no field 'total'");
    }

    @Test
    void where_without_the_field_is_not_eligible() {
        // Given
        var rule = ruleWith("where: customer.segment == 'gold'");

        // When
        var decision = rule.evaluate(event(Map.of()), Facts.none()).decide(customer("c-1"), NOON);

        // Then
        assertThat(decision).isInstanceOfSatisfying(Decision.Ignore.class, no -> {
            assertThat(no.reason()).isEqualTo(Reason.NOT_ELIGIBLE);
            assertThat(no.detail()).isEqualTo("customer.segment == 'gold': no field 'segment'");
            assertThat(no.customerId()).isEqualTo("c-1");
        });
    }

    @Test
    void the_answer_for_somebody_never_selected_is_the_first_gate_that_says_no() {
        // Given
        var rule = ruleWith("when: event.data.go", "where: customer.segment == 'gold'");

        // Then
        assertThat(reason(
                        rule.evaluate(event(Map.of("go", false)), Facts.none()).decide(goldCustomer("c-2"), NOON)))
                .isEqualTo(Reason.CONDITION_FALSE);
        assertThat(reason(rule.evaluate(event(Map.of("go", true)), Facts.none()).decide(goldCustomer("c-2"), NOON)))
                .isEqualTo(Reason.NOT_IN_AUDIENCE);
    }

    @Test
    void a_business_key_that_cannot_be_worded_stops_the_notification() {
        // Given
        var rule = ruleWith("once: 'order/${event.data.orderId}/shipped'");

        // When
        var missing = rule.evaluate(event(Map.of()), Facts.none()).decide(customer("c-1"), NOON);
        var blank = rule.evaluate(event(Map.of("orderId", " ")), Facts.none()).decide(customer("c-1"), NOON);
        var invisible = rule.evaluate(event(Map.of("orderId", "\u200b\u00a0")), Facts.none())
                .decide(customer("c-1"), NOON);
        var list = rule.evaluate(event(Map.of("orderId", List.of("o-1"))), Facts.none())
                .decide(customer("c-1"), NOON);

        // Then
        assertThat(List.of(missing, blank, invisible, list))
                .extracting(RuleGatesTest::reason)
                .containsOnly(Reason.VARIABLE_MISSING);
        assertThat(((Decision.Ignore) missing).detail()).isEqualTo("event.data.orderId: no field 'orderId'");
        assertThat(((Decision.Ignore) blank).detail()).isEqualTo("event.data.orderId: gives no text");
    }

    @Test
    void numbers_in_a_business_key_have_one_form() {
        // Given
        var rule = ruleWith("once: 'p/${event.data.old}-${event.data.new}'");

        // When
        var doubles = rule.evaluate(event(Map.of("old", 149.990, "new", 120.0)), Facts.none())
                .decide(customer("c-1"), NOON);
        var mixed = rule.evaluate(event(Map.of("old", 149.99, "new", 120L)), Facts.none())
                .decide(customer("c-1"), NOON);

        // Then
        assertThat(((Decision.Notify) doubles).businessKey()).isEqualTo("p/149.99-120");
        assertThat(((Decision.Notify) mixed).businessKey()).isEqualTo("p/149.99-120");
    }

    @Test
    void a_business_key_may_hold_cel_with_braces_and_quotes() {
        // Given
        var rule = ruleWith("once: \"k/${ {'a}': 'x'}['a}'] }/${event.data.b ? '}' : '{'}\"");

        // When
        var decision = rule.evaluate(event(Map.of("b", true)), Facts.none()).decide(customer("c-1"), NOON);

        // Then
        assertThat(((Decision.Notify) decision).businessKey()).isEqualTo("k/x/}");
    }

    @Test
    void context_comes_back_as_plain_java_and_leaves_out_what_cannot_be_had() {
        // Given
        var rule = ruleWith(
                "notify: { type: T, context: { s: \"event.data.s\", sum: 1 + 1, half: 1.0 / 2.0, yes: 1 < 2, "
                        + "list: \"[1, null, {'k': 2u}]\", map: \"{'a': event.data.s}\", at: event.time, for: \"duration('90s')\", "
                        + "gone: event.data.gone, none: event.data.none, raw: \"b'hi'\", name: customer.name, total: order.total } }");

        // When
        var data = dataWithNull("none");
        data.put("s", "text");
        var decision = rule.evaluate(event(data), order(Map.of("total", 7))).decide(goldCustomer("c-1"), NOON);

        // Then
        assertThat(((Decision.Notify) decision).context())
                .containsOnlyKeys("s", "sum", "half", "yes", "list", "map", "at", "for", "raw", "name", "total")
                .containsEntry("s", "text")
                .containsEntry("sum", 2L)
                .containsEntry("half", 0.5)
                .containsEntry("yes", true)
                .containsEntry("list", java.util.Arrays.asList(1L, null, Map.of("k", 2L)))
                .containsEntry("map", Map.of("a", "text"))
                .containsEntry("at", "2026-03-01T12:00:00Z")
                .containsEntry("for", "PT1M30S")
                .containsEntry("raw", "aGk=")
                .containsEntry("name", "Ada")
                .containsEntry("total", 7L);
    }

    @Test
    void a_customer_without_an_id_is_a_mistake_of_the_caller() {
        // Then
        assertThatThrownBy(
                        () -> ruleWith().evaluate(event(Map.of()), Facts.none()).decide(Map.of("name", "Ada"), NOON))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static String detail(String when, Map<String, Object> data) {
        return ruleWith("when: \"" + when + "\"")
                .evaluate(event(data), Facts.none())
                .opens()
                .detail();
    }

    private static boolean holds(String when, Map<String, Object> data) {
        return ruleWith("when: \"" + when + "\"")
                .evaluate(event(data), Facts.none())
                .opens()
                .passed();
    }

    private static Reason reason(Decision decision) {
        return ((Decision.Ignore) decision).reason();
    }
}
