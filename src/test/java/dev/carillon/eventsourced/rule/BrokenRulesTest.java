package dev.carillon.eventsourced.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/** Every way to write a rule wrong, and the exact words in which it is refused. */
class BrokenRulesTest {

    /** The head of a rule that is right so far; what is added begins in line 4. */
    private static final String HEAD = "- id: r\n  on: e\n  notify: { type: T }\n";

    private static final String COLLECT =
            "  when: 'true'\n  collect: { by: event.id, item: event.id, value: event.id, expect: order.x }\n";

    private static final List<Broken> TABLE = List.of(
            // the file
            broken("id: r\n", "test.yaml:1:1: must be a list of rules"),
            broken("- just text\n", "test.yaml:1:3: rule '#1': must be a mapping of fields"),
            broken("- id: 'r\n", "test.yaml:2:1: not valid YAML: found unexpected end of stream"),
            broken("- id: r\n  on: a: b\n", "test.yaml:2:8: not valid YAML: mapping values are not allowed here"),
            broken("- id: r\n  id: s\n", "test.yaml:2:3: 'id' is there twice"),
            broken("- id: r\n  description: \"a\\0b\"\n", "test.yaml:2:16: the text must hold no NUL character"),
            broken("- id: r\n  \"a\\0b\": c\n", "test.yaml:2:3: the text must hold no NUL character"),
            broken(
                    "- id: r\n  description: \"a\\ud83d\"\n",
                    "test.yaml:2:16: the text must hold no half of a surrogate pair"),
            broken("- &a x\n- *a\n", "test.yaml:2:3: aliases (*a) are not allowed"),
            broken("[]\n---\n[]\n", "test.yaml:3:1: one YAML document per file, here begins a second"),
            // the heading
            broken("- on: e\n", "test.yaml:1:3: rule '#1': id: is missing"),
            broken("- id: [r]\n", "test.yaml:1:7: rule '#1': id: must be text, not a list"),
            broken(
                    "- id: no spaces please\n",
                    "test.yaml:1:7: rule '#1': id: 'no spaces please' must be letters, digits, '.', '_' and '-', at most 100"),
            broken("- id: r\n  notify: { type: T }\n", "test.yaml:1:3: rule 'r': on: is missing"),
            broken("- id: r\n  on: []\n  notify: { type: T }\n", "test.yaml:2:7: rule 'r': on: must not be empty"),
            broken(
                    "- id: r\n  on: [e, '*']\n",
                    "test.yaml:2:11: rule 'r': on: '*' must be an event type or a prefix like ordering.*"),
            broken("- id: r\n  on: [e, [f]]\n", "test.yaml:2:11: rule 'r': on: must be text, not a list"),
            broken(
                    "- id: r\n  on: " + "a.".repeat(20_000) + "a\n",
                    "test.yaml:2:7: rule 'r': on: '" + "a.".repeat(20)
                            + "…' must be an event type or a prefix like ordering.*"),
            broken(
                    "- id: r\n  on: a.*.b\n",
                    "test.yaml:2:7: rule 'r': on: 'a.*.b' must be an event type or a prefix like ordering.*"),
            broken(
                    HEAD + "  enabled: maybe\n",
                    "test.yaml:4:12: rule 'r': enabled: must be true or false, not 'maybe'"),
            broken(
                    HEAD + "  priority: urgent\n",
                    "test.yaml:4:13: rule 'r': priority: must be one of high, normal, low, not 'urgent'"),
            broken(HEAD + "  description:\n", "test.yaml:4:15: rule 'r': description: is empty"),
            broken(
                    HEAD + "- id: r\n  on: f\n  notify: { type: T }\n",
                    "test.yaml:4:3: rule 'r': id: is taken already, at test.yaml:1:3"),
            // what is not known
            broken(
                    HEAD + "  throtle: { max: 1 }\n",
                    "test.yaml:4:3: rule 'r': throtle: is not known here; known are absence, after, "
                            + "audience, collect, delay, description, digest, enabled, expires, id, notify, on, once, priority, recheck, throttle, "
                            + "when, where"),
            broken(
                    "- id: r\n  on: e\n  notify: { type: T, for: ops }\n",
                    "test.yaml:3:22: rule 'r': notify.for: is not known here; known are category, channels, context, locale, to, type"),
            broken(
                    HEAD + "  '#when': 'true'\n",
                    "test.yaml:4:3: rule 'r': #when: is not known here; known are absence, after, "),
            // notify
            broken(
                    "- id: r\n  on: e\n  notify: { type: T, locale: \"'German'\" }\n",
                    "test.yaml:3:31: rule 'r': notify.locale: must be a language tag such as de or de-AT"),
            broken(
                    "- id: r\n  on: e\n  notify: { type: T, locale: \"event.data.vip == true ? 'de' : 'German please'\" }\n",
                    "test.yaml:3:63: rule 'r': notify.locale: must be a language tag such as de or de-AT"),
            broken("- id: r\n  on: e\n", "test.yaml:1:3: rule 'r': notify: is missing"),
            broken("- id: r\n  on: e\n  notify: T\n", "test.yaml:3:11: rule 'r': notify: must be a mapping of fields"),
            broken(
                    "- id: r\n  on: e\n  notify: { category: c }\n",
                    "test.yaml:3:11: rule 'r': notify.type: is missing"),
            broken(
                    "- id: r\n  on: e\n  notify: { type: T, channels: email }\n",
                    "test.yaml:3:32: rule 'r': notify.channels: must be a list"),
            broken(
                    "- id: r\n  on: e\n  notify: { type: T, channels: [sms, sms] }\n",
                    "test.yaml:3:38: rule 'r': notify.channels: 'sms' is there twice"),
            broken(
                    "- id: r\n  on: e\n  notify: { type: T, context: { a: nope.x } }\n",
                    "test.yaml:3:36: rule 'r': notify.context.a: undeclared reference to 'nope'; known here: customer, event, order, product"),
            // when and where
            broken(
                    HEAD + "  when: evnt.data.x == 1\n",
                    "test.yaml:4:9: rule 'r': when: undeclared reference to 'evnt'; known here: event, order, product"),
            broken(
                    HEAD + "  when: event.data.x == 1 && y\n",
                    "test.yaml:4:30: rule 'r': when: undeclared reference to 'y'; known here: event, order, product"),
            broken(
                    HEAD + "  when: \"event.data.x == y\"\n",
                    "test.yaml:4:26: rule 'r': when: undeclared reference to 'y'; known here: event, order, product"),
            broken(
                    HEAD + "  when: |\n    event.data.x == 1 &&\n      y == 2\n",
                    "test.yaml:6:7: rule 'r': when: undeclared reference to 'y'; known here: event, order, product"),
            broken(
                    HEAD + "  when: >-\n    event.data.x == 1 &&\n    y == 2\n",
                    "test.yaml:4:9: rule 'r': when: undeclared reference to 'y'; known here: event, order, product"),
            broken(
                    HEAD + "  when: customer.segment == 'gold'\n",
                    "test.yaml:4:9: rule 'r': when: undeclared reference to 'customer'; known here: event, order, product"),
            broken(
                    HEAD + "  when: collected.all(s, s == 'x')\n",
                    "test.yaml:4:9: rule 'r': when: undeclared reference to 'collected'; known here: event, order, product"),
            broken(
                    HEAD + "  when: event.dta.x == 1\n",
                    "test.yaml:4:14: rule 'r': when: an event has no 'dta', only data, id, source, subject, time, traits, type"),
            broken(
                    HEAD + "  when: event.data.x ==\n",
                    "test.yaml:4:24: rule 'r': when: mismatched input '<EOF>' expecting"),
            broken(HEAD + "  when: \"1 + 1\"\n", "test.yaml:4:10: rule 'r': when: must give a bool, but gives int"),
            broken(
                    HEAD + "  where: customer.name + 'x'\n",
                    "test.yaml:4:10: rule 'r': where: must give a bool, but gives string"),
            broken(
                    HEAD + "  when: 1 && true\n",
                    "test.yaml:4:11: rule 'r': when: found no matching overload for '_&&_' applied to "
                            + "'(int, bool)' (candidates: (bool, bool))"),
            broken(HEAD + "  when: event.id.matches('[')\n", "test.yaml:4:26: rule 'r': when: not a valid RE2 pattern"),
            broken(
                    HEAD + "  when: event.id.matches('a(?=b)')\n",
                    "test.yaml:4:26: rule 'r': when: not a valid RE2 pattern"),
            broken(
                    HEAD + "  when: event.time > timestamp('soon')\n",
                    "test.yaml:4:32: rule 'r': when: timestamp validation failed."),
            broken(
                    HEAD + "  when: nope(event.id)\n",
                    "test.yaml:4:13: rule 'r': when: undeclared reference to 'nope'; known here: event, order, product"),
            broken(HEAD + "  when: [a]\n", "test.yaml:4:9: rule 'r': when: must be text, not a list"),
            broken(HEAD + "  where:\n", "test.yaml:4:9: rule 'r': where: is empty"),
            // audience
            broken(
                    HEAD + "  audience: everyone\n",
                    "test.yaml:4:13: rule 'r': audience: must be subject, or a mapping with one of "
                            + "cart, customers, segment, wishlist"),
            broken(
                    HEAD + "  audience: { cart: event.data.p, segment: x }\n",
                    "test.yaml:4:13: rule 'r': audience: must name exactly one of cart, customers, segment, wishlist"),
            broken(
                    HEAD + "  audience: { basket: event.data.p }\n",
                    "test.yaml:4:15: rule 'r': audience.basket: is not known here; known are cart, customers, segment, wishlist"),
            broken(
                    HEAD + "  audience: { cart: \"[1]\" }\n",
                    "test.yaml:4:22: rule 'r': audience.cart: must give text or a number, but gives list"),
            broken(
                    HEAD + "  audience: { wishlist: order.product }\n",
                    "test.yaml:4:25: rule 'r': audience.wishlist: undeclared reference to 'order'; known here: event"),
            broken(
                    HEAD + "  audience: { customers: c-1 }\n",
                    "test.yaml:4:26: rule 'r': audience.customers: must be a list"),
            // collect
            broken(
                    HEAD + "  collect: { by: event.id, item: event.id, value: event.id, expect: order.x }\n",
                    "test.yaml:4:12: rule 'r': collect: needs a when that says what is complete"),
            broken(
                    HEAD + "  when: 'true'\n  collect: { by: event.id, item: event.id, value: event.id }\n",
                    "test.yaml:5:12: rule 'r': collect.expect: is missing"),
            broken(
                    HEAD
                            + "  when: 'true'\n  collect: { by: order.id, item: event.id, value: event.id, expect: order.x }\n",
                    "test.yaml:5:18: rule 'r': collect.by: undeclared reference to 'order'; known here: event"),
            broken(
                    HEAD
                            + "  when: 'true'\n  collect: { by: event.id, item: event.id, value: event.id, expect: \"'x'\" }\n",
                    "test.yaml:5:70: rule 'r': collect.expect: must give a list, but gives string"),
            // after
            broken(HEAD + "  after: s\n", "test.yaml:4:10: rule 'r': after: must be a mapping of fields"),
            broken(HEAD + "  after: { within: PT1H }\n", "test.yaml:4:10: rule 'r': after.event: is missing"),
            broken(HEAD + "  after: { event: s }\n", "test.yaml:4:10: rule 'r': after.within: is missing"),
            broken(
                    HEAD + "  after: { event: s.*, within: PT1H }\n",
                    "test.yaml:4:19: rule 'r': after.event: 's.*' must be an event type"),
            broken(
                    HEAD + "  after: { event: s, within: P1M }\n",
                    "test.yaml:4:30: rule 'r': after.within: 'P1M' must be an ISO 8601 duration "
                            + "such as PT24H, above zero and at most P400D"),
            broken(
                    HEAD + "  after: { event: s, within: P401D }\n",
                    "test.yaml:4:30: rule 'r': after.within: 'P401D' must be an ISO 8601"),
            broken(
                    HEAD + "  after: { event: s, within: PT0S }\n",
                    "test.yaml:4:30: rule 'r': after.within: 'PT0S' must be an ISO 8601"),
            broken(
                    HEAD + "  after: { event: s, within: PT1H, when: customer.id == 'x' }\n",
                    "test.yaml:4:42: rule 'r': after.when: undeclared reference to 'customer'; known here: earlier, event"),
            broken(
                    HEAD + "  after: { event: s, within: PT1H, when: earlier.dta.x == 1 }\n",
                    "test.yaml:4:49: rule 'r': after.when: an event has no 'dta', only data, id, source, subject, time, traits, type"),
            broken(
                    HEAD + "  after: { event: s, within: PT1H, by: earlier.id }\n",
                    "test.yaml:4:40: rule 'r': after.by: undeclared reference to 'earlier'; known here: event"),
            broken(
                    HEAD + "  after: { event: s, within: PT1H, of: x }\n",
                    "test.yaml:4:36: rule 'r': after.of: is not known here; known are by, event, when, within"),
            broken(
                    HEAD + "  where: earlier.id == 'x'\n",
                    "test.yaml:4:10: rule 'r': where: undeclared reference to 'earlier'; known here: customer, event, order, product"),
            // absence, delay, recheck, expires
            broken(HEAD + "  absence: { event: s }\n", "test.yaml:4:12: rule 'r': absence.for: is missing"),
            broken(
                    HEAD + "  absence: { event: s, for: 2 days }\n",
                    "test.yaml:4:29: rule 'r': absence.for: '2 days' must be an ISO 8601"),
            broken(
                    HEAD + "  absence: { event: s, for: PT1H, when: order.x }\n",
                    "test.yaml:4:41: rule 'r': absence.when: undeclared reference to 'order'; known here: event"),
            broken(HEAD + "  delay: -PT1H\n", "test.yaml:4:10: rule 'r': delay: '-PT1H' must be an ISO 8601"),
            broken(
                    HEAD + "  delay: PT1H\n  absence: { event: s, for: PT1H }\n",
                    "test.yaml:4:3: rule 'r': delay: does not go with absence"),
            broken(
                    HEAD + "  delay: PT1H\n  digest: { wait: PT1H }\n",
                    "test.yaml:5:3: rule 'r': digest: does not go with delay"),
            broken(
                    HEAD + "  digest: { wait: PT1H }\n  absence: { event: s, for: PT1H }\n",
                    "test.yaml:4:3: rule 'r': digest: does not go with absence"),
            broken(HEAD + "  recheck: true\n", "test.yaml:4:3: rule 'r': recheck: needs a delay or an absence"),
            broken(
                    HEAD + "  digest: { wait: PT1H }\n  recheck: true\n",
                    "test.yaml:5:3: rule 'r': recheck: needs a delay or an absence"),
            broken(
                    HEAD + "  delay: PT1H\n  recheck: yes\n",
                    "test.yaml:5:12: rule 'r': recheck: must be true or false, not 'yes'"),
            broken(HEAD + "  expires: soon\n", "test.yaml:4:12: rule 'r': expires: 'soon' must be an ISO 8601"),
            broken(
                    HEAD + "  delay: PT1H\n  expires: PT60M\n",
                    "test.yaml:5:12: rule 'r': expires: is not longer than it is held back, which is PT1H"),
            // digest
            broken(
                    HEAD + "  digest: { max-items: 3 }\n",
                    "test.yaml:4:11: rule 'r': digest: must have either wait or at"),
            broken(
                    HEAD + "  digest: { wait: PT1H, at: '09:00' }\n",
                    "test.yaml:4:11: rule 'r': digest: must have either wait or at"),
            broken(
                    HEAD + "  digest: { wait: PT1H, max-wait: PT30M }\n",
                    "test.yaml:4:35: rule 'r': digest.max-wait: is shorter than wait, which is PT1H"),
            broken(
                    HEAD + "  digest: { wait: PT1H, zone: UTC }\n",
                    "test.yaml:4:25: rule 'r': digest.zone: is for at only"),
            broken(
                    HEAD + "  digest: { at: '09:00', max-wait: PT1H }\n",
                    "test.yaml:4:26: rule 'r': digest.max-wait: is for wait only"),
            broken(
                    HEAD + "  digest: { at: ['09:00', '25:00'] }\n",
                    "test.yaml:4:27: rule 'r': digest.at: '25:00' must be a time of day such as \"09:00\""),
            broken(
                    HEAD + "  digest: { at: 9am }\n",
                    "test.yaml:4:17: rule 'r': digest.at: '9am' must be a time of day such as \"09:00\""),
            broken(
                    HEAD + "  digest: { at: '09:00', zone: Berlin }\n",
                    "test.yaml:4:32: rule 'r': digest.zone: 'Berlin' must be a time zone such as Europe/Berlin"),
            broken(
                    HEAD + "  digest: { wait: PT1H, max-items: 0 }\n",
                    "test.yaml:4:36: rule 'r': digest.max-items: '0' must be a whole number from 1 to 1000"),
            broken(
                    HEAD + "  digest: { wait: PT1H, max-items: 2, min-items: 3 }\n",
                    "test.yaml:4:39: rule 'r': digest.min-items: is more than max-items, which is 2"),
            broken(
                    HEAD + "  digest: { wait: PT1H, by: \"${nope}\" }\n",
                    "test.yaml:4:32: rule 'r': digest.by: undeclared reference to 'nope'; known here: customer, event, order, product"),
            // throttle
            broken(HEAD + "  throttle: { max: 1 }\n", "test.yaml:4:13: rule 'r': throttle.per: is missing"),
            broken(
                    HEAD + "  throttle: { per: day }\n",
                    "test.yaml:4:20: rule 'r': throttle.per: 'day' must be calendar-day or an ISO 8601 "
                            + "duration such as PT24H, above zero and at most P400D"),
            broken(
                    HEAD + "  throttle: { max: many, per: PT1H }\n",
                    "test.yaml:4:20: rule 'r': throttle.max: 'many' must be a whole number from 1 to 1000"),
            broken(
                    HEAD + "  throttle: { max: 1001, per: PT1H }\n",
                    "test.yaml:4:20: rule 'r': throttle.max: '1001' must be a whole number from 1 to 1000"),
            broken(
                    HEAD + "  throttle: { per: PT1H, kind: leaky }\n",
                    "test.yaml:4:32: rule 'r': throttle.kind: must be fixed or sliding, not 'leaky'"),
            broken(
                    HEAD + "  throttle: { per: calendar-day, kind: fixed }\n",
                    "test.yaml:4:34: rule 'r': throttle.kind: is for durations only"),
            broken(
                    HEAD + "  throttle: { per: PT1H, by: \"${\" }\n",
                    "test.yaml:4:31: rule 'r': throttle.by: this ${ is never closed"),
            // collect with others
            broken(
                    HEAD + COLLECT + "  after: { event: s, within: PT1H }\n",
                    "test.yaml:6:3: rule 'r': after: does not go with collect"),
            broken(
                    HEAD + COLLECT + "  absence: { event: s, for: PT1H }\n",
                    "test.yaml:6:3: rule 'r': absence: does not go with collect"),
            broken(
                    HEAD + COLLECT + "  digest: { wait: PT1H }\n",
                    "test.yaml:6:3: rule 'r': digest: does not go with collect"),
            broken(
                    HEAD + COLLECT.replace(" }", ", timeout: { notify: { type: T } } }"),
                    "test.yaml:5:87: rule 'r': collect.timeout.after: is missing"),
            broken(
                    HEAD + COLLECT.replace(" }", ", timeout: { after: PT1H, notify: { category: c } } }"),
                    "test.yaml:5:110: rule 'r': collect.timeout.notify.type: is missing"),
            broken(
                    "- id: r\n  on: e\n  notify: { type: T, to: boss }\n",
                    "test.yaml:3:26: rule 'r': notify.to: must be customer or internal, not 'boss'"),
            // once
            broken(
                    HEAD + "  once: welcome\n",
                    "test.yaml:4:9: rule 'r': once: is the same for every event; say of what with ${…}"),
            broken(
                    HEAD + "  audience: { cart: event.data.p }\n  once: 'sale/${event.data.p}'\n",
                    "test.yaml:5:9: rule 'r': once: is the same for the whole audience; add ${customer.id}"),
            broken(
                    HEAD + "  once: \"order/${event.data.id\"\n",
                    "test.yaml:4:16: rule 'r': once: this ${ is never closed"),
            broken(HEAD + "  once: \"order/${ }\"\n", "test.yaml:4:16: rule 'r': once: nothing between ${ and }"),
            broken(
                    HEAD + "  once: \"a/${event.id}/${evnt.id}\"\n",
                    "test.yaml:4:26: rule 'r': once: undeclared reference to 'evnt'; "
                            + "known here: customer, event, order, product"),
            broken(
                    HEAD + "  once: \"a/${[event.id]}\"\n",
                    "test.yaml:4:14: rule 'r': once: must give text or a number, but gives list"));

    @Test
    void each_is_refused_with_file_rule_field_and_position() {
        // Then
        SoftAssertions.assertSoftly(softly ->
                TABLE.forEach(broken -> softly.assertThat(refusal(broken.yaml()).getMessage())
                        .as(broken.yaml())
                        .startsWith(broken.message())));
    }

    @Test
    void every_broken_rule_of_every_file_is_named_at_once() {
        // Given
        var sources = List.of(
                new RuleSource(
                        "one.yaml", HEAD + "- id: s\n  on: e\n- id: t\n  on: e\n  notify: { type: T }\n  when: x\n"),
                new RuleSource("two.yaml", HEAD));

        // When
        var refused = catchThrowableOfType(InvalidRuleException.class, () -> RuleFixtures.book(sources));

        // Then
        assertThat(refused.getMessage().lines())
                .containsExactly(
                        "one.yaml:4:3: rule 's': notify: is missing",
                        "one.yaml:9:9: rule 't': when: undeclared reference to 'x'; known here: event, order, product",
                        "two.yaml:1:3: rule 'r': id: is taken already, at one.yaml:1:3");
        assertThat(refused.problems().get(1))
                .isEqualTo(new InvalidRuleException.RuleProblem(
                        "one.yaml",
                        "t",
                        "when",
                        9,
                        9,
                        "undeclared reference to 'x'; known here: event, order, product"));
    }

    @Test
    void every_error_of_a_rule_is_named_at_once() {
        // Given
        var rule = HEAD.replace("type: T", "to: boss, for: ops")
                + "  delay: tomorrow\n  when: evnt.id == 'x'\n  throttle: { max: 0 }\n  recheck: maybe\n";

        // When
        var refused = refusal(rule);

        // Then
        assertThat(refused.getMessage().lines())
                .containsExactly(
                        "test.yaml:3:17: rule 'r': notify.to: must be customer or internal, not 'boss'",
                        "test.yaml:3:23: rule 'r': notify.for: is not known here; known are category, channels, context, locale, to, type",
                        "test.yaml:4:10: rule 'r': delay: 'tomorrow' must be an ISO 8601 duration such as PT24H, above zero and at most P400D",
                        "test.yaml:5:9: rule 'r': when: undeclared reference to 'evnt'; known here: event, order, product",
                        "test.yaml:6:20: rule 'r': throttle.max: '0' must be a whole number from 1 to 1000",
                        "test.yaml:7:12: rule 'r': recheck: must be true or false, not 'maybe'",
                        "test.yaml:3:11: rule 'r': notify.type: is missing",
                        "test.yaml:6:13: rule 'r': throttle.per: is missing");
    }

    @Test
    void numbers_and_flags_may_be_quoted_and_names_may_be_numbers() {
        // When
        var rule = RuleFixtures.rule(
                "- { id: 404, on: e, enabled: 'false', throttle: { max: '3', per: pt1h }, notify: { type: T, context: {} } }");

        // Then
        assertThat(rule.id()).isEqualTo("404");
        assertThat(rule.enabled()).isFalse();
    }

    private static InvalidRuleException refusal(String yaml) {
        var refused = catchThrowableOfType(InvalidRuleException.class, () -> RuleFixtures.book(yaml));
        assertThat(refused).as("accepted: " + yaml).isNotNull();
        return refused;
    }

    private static Broken broken(String yaml, String message) {
        return new Broken(yaml, message);
    }

    private record Broken(String yaml, String message) {}
}
