package dev.carillon.eventsourced.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.eventsourced.rule.EventShapes.FieldShape;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TypeCheckTest {

    private static final FieldShape TEXT = new FieldShape.TextField();
    private static final FieldShape NUMBER = new FieldShape.Number();

    private static final EventShapes SHAPES = new EventShapes(Map.of(
            "pricing.price-changed",
                    fields(
                            "productId",
                            TEXT,
                            "oldPrice",
                            NUMBER,
                            "newPrice",
                            NUMBER,
                            "stock",
                            new FieldShape.Whole(),
                            "sale",
                            new FieldShape.Flag(),
                            "extra",
                            new FieldShape.Any(),
                            "code",
                            TEXT,
                            "tags",
                            new FieldShape.ListOf(TEXT),
                            "items",
                            new FieldShape.ListOf(new FieldShape.ObjectOf(Map.of("sku", TEXT))),
                            "maker",
                            new FieldShape.ObjectOf(Map.of("name", TEXT)),
                            "oldCode",
                            new FieldShape.OrNull(TEXT)),
            "pricing.price-withdrawn", Map.of("productId", TEXT, "until", TEXT, "code", NUMBER)));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "event.data.newPrice < event.data.oldPrice",
                "event.data.newPrice == 100 && event.data.oldPrice == 99.5",
                "event.data.newPrice <= event.data.oldPrice * 0.9",
                "event.data.oldPrice - event.data.newPrice >= 10",
                "-event.data.newPrice < 0",
                "event.data.newPrice in [1, 2]",
                "event.data.newPrice / 2.0 > 1",
                "event.data.stock * 1.5 > 3.0",
                "double(event.data.newPrice) / double(event.data.oldPrice) < 0.5",
                "string(event.data.newPrice) == '3'",
                "has(event.data.sale) && event.data.sale",
                "event.data.items.exists(item, item.sku == 'x')",
                "event.data.maker.name.startsWith('A')",
                "event.data['whateverElse'] == 3",
                "(('whateverElse') in event.data)",
                "event.data.maker['founded'] == 1901",
                "event.data.extra.anything > 3",
                "event.data.newPrice < product.price",
                "event.time > timestamp('2025-01-01T00:00:00Z')",
                "event.subject != ''",
                "event.data.oldCode == null || event.data.oldCode == 'x'",
                "event.traits.plan == 'gold'",
                "size(event.data.tags) > 0 && 'red' in event.data.tags",
                "dyn(event.data).exists(key, key == 'a')"
            })
    void what_fits_the_schema_compiles(String condition) {
        assertThat(book("pricing.price-changed", condition).rules()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "event.data.newPrize < 3 | 19 | no field 'newPrize' in the event's data; did you mean newPrice? Known are code, extra, items, maker, newPrice, oldCode",
                "has(event.data.nope) | 12 | no field 'nope' in the event's data; known are",
                "event.data.maker.nam == 'x' | 25 | no field 'nam' in the event's data; did you mean name? Known are name",
                "event.data.newPrice == 'x' | 29 | '==' does not go with (number, string)",
                "event.data.newPrice > '3' | 29 | '>' does not go with (number, string)",
                "event.data.productId + 1 == 'x' | 30 | '+' does not go with (string, int)",
                "event.data.newPrice / event.data.oldPrice < 0.5 | 29 | '/' does not go with (number, number); say double",
                "event.data.items.all(i, i.skew == 'x') | 34 | undefined field 'skew'",
                "event.data.newPrice | 9 | must give a bool, but gives number"
            })
    void what_does_not_fit_is_refused_with_its_place(String condition, int column, String complaint) {
        assertThatThrownBy(() -> book("pricing.price-changed", condition))
                .isInstanceOf(InvalidRuleException.class)
                .hasMessageStartingWith("test.yaml:3:" + column + ": rule 'r': when: ")
                .hasMessageContaining(complaint);
    }

    @Test
    void all_errors_of_an_expression_are_named_at_once() {
        assertThatThrownBy(() -> book("pricing.price-changed", "event.data.newPrize < event.data.oldPrize"))
                .hasMessageContaining("test.yaml:3:19: rule 'r': when: no field 'newPrize'")
                .hasMessageContaining("test.yaml:3:41: rule 'r': when: no field 'oldPrize'");
        assertThatThrownBy(() -> book("other.thing", "evnt.id == 'a' && custmer.id == 'b'"))
                .hasMessageContaining("test.yaml:3:9: rule 'r': when: undeclared reference to 'evnt'")
                .hasMessageContaining("test.yaml:3:27: rule 'r': when: undeclared reference to 'custmer'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "pricing.price-changed | event.data['newPrize'] < 3 | 3:19 | when: event.data.newPrize is not in the schema of pricing.price-changed; did you mean newPrice?",
                "pricing.price-changed | ('newPrize' in event.data) | 3:21 | when: event.data.newPrize is not in the schema of pricing.price-changed; did you mean newPrice?",
                "pricing.* | event.data.until2 == '' | 3:19 | when: event.data.until2 is not in the schema of pricing.*; did you mean until?",
                "pricing.price-chagned | event.data.newPrize < 3 | 2:7 | on: pricing.price-chagned is no event type that has a schema, so nothing is known of its fields; did you mean pricing.price-changed?",
                "shop.* | event.data.a < 3 | 2:7 | on: shop.* is no event type that has a schema, so nothing is known of its fields"
            })
    void what_is_allowed_and_most_likely_a_slip_is_a_warning(String on, String condition, String at, String warning) {
        assertThat(book(on, condition).warnings())
                .extracting(Object::toString)
                .containsExactly("test.yaml:" + at + ": rule 'r': " + warning);
    }

    @Test
    void what_an_earlier_event_should_have_is_looked_up_in_its_schema() {
        assertThat(rule("""
                - id: r
                  on: pricing.price-changed
                  after: { event: pricing.price-withdrawn, within: PT1H }
                  where: earlier.data.untill != '' && earlier.data.until != ''
                  notify: { type: T }
                """).warnings())
                .extracting(Object::toString)
                .containsExactly(
                        "test.yaml:4:22: rule 'r': where: earlier.data.untill is not in the schema of pricing.price-withdrawn; did you mean until?");
    }

    @Test
    void a_rule_without_a_slip_has_no_warning() {
        assertThat(book("pricing.*", "event.data.newPrice > 3 && 'code' in event.data")
                        .warnings())
                .isEmpty();
    }

    @Test
    void several_types_know_the_fields_of_all_and_disagreement_is_not_checked() {
        assertThat(book(
                                "[pricing.price-changed, pricing.price-withdrawn]",
                                "event.data.until != '' && event.data.newPrice > 1")
                        .rules())
                .hasSize(1);
        assertThat(book(
                                "[pricing.price-changed, pricing.price-withdrawn]",
                                "event.data.code == 'x' || event.data.code == 3")
                        .rules())
                .hasSize(1);
        assertThatThrownBy(() -> book("[pricing.price-changed, pricing.price-withdrawn]", "event.data.nope == 1"))
                .hasMessageContaining("no field 'nope'");
    }

    @Test
    void a_type_nobody_described_and_a_prefix_are_not_checked() {
        assertThat(book("pricing.*", "event.data.nope == 1").rules()).hasSize(1);
        assertThat(book("[pricing.price-changed, other.thing]", "event.data.nope == 1")
                        .rules())
                .hasSize(1);
    }

    @Test
    void every_clause_is_checked() {
        assertThatThrownBy(() -> rule("""
                - id: r
                  on: pricing.price-changed
                  audience: { cart: event.data.productIdd }
                  notify: { type: T }
                """)).hasMessageContaining("audience.cart: no field 'productIdd'");
        assertThatThrownBy(() -> rule("""
                - id: r
                  on: pricing.price-changed
                  notify: { type: T, context: { p: event.data.newPrize } }
                  once: "x/${event.data.productIdd}"
                """)).hasMessageContaining("'productIdd'");
    }

    /** The check must change nothing at run time, where 100 is a whole number and 99.5 is not. */
    @ParameterizedTest
    @CsvSource({"100, 99.5, true", "100, 100, false", "100.5, 90, true"})
    void whole_and_broken_numbers_go_together(String oldPrice, String newPrice, boolean opens) {
        // Given
        var rule = book("pricing.price-changed", "event.data.newPrice < event.data.oldPrice * 0.999")
                .rules()
                .get(0);

        // When
        var gate = rule.evaluate(
                        event(Map.of("oldPrice", number(oldPrice), "newPrice", number(newPrice))), Facts.none())
                .opens();

        // Then
        assertThat(gate.passed()).as(gate.detail()).isEqualTo(opens);
    }

    @Test
    void mixed_arithmetic_is_right() {
        for (String sum : List.of(
                "event.data.a + event.data.b == 3.5",
                "event.data.b - event.data.a == -0.5",
                "event.data.a * event.data.b == 3.0",
                "event.data.a / event.data.b == 2.0 / 1.5",
                "event.data.b / event.data.a == 0.75")) {
            var rule = rule("- { id: r, on: a.b, when: \"" + sum + "\", notify: { type: T } }")
                    .rules()
                    .get(0);
            assertThat(rule.evaluate(event(Map.of("a", 2L, "b", 1.5)), Facts.none())
                            .opens()
                            .passed())
                    .as(sum)
                    .isTrue();
        }
    }

    /** The event that ends an absence is another one, and what both have in common is asked of both. */
    @Test
    void the_other_event_of_a_clause_is_checked_against_its_own_shape() {
        assertThat(rule("""
                - id: r
                  on: pricing.price-changed
                  absence: { event: pricing.price-withdrawn, for: PT1H, when: event.data.until != '', by: event.data.productId }
                  notify: { type: T }
                """).rules()).hasSize(1);
        assertThatThrownBy(() -> rule("""
                - id: r
                  on: pricing.price-changed
                  absence: { event: pricing.price-withdrawn, for: PT1H, when: event.data.newPrice > 1 }
                  notify: { type: T }
                """)).hasMessageContaining("absence.when: no field 'newPrice'");
        assertThatThrownBy(() -> rule("""
                - id: r
                  on: pricing.price-changed
                  after: { event: pricing.price-withdrawn, within: PT1H, by: event.data.nope }
                  notify: { type: T }
                """)).hasMessageContaining("after.by: no field 'nope'");
    }

    private static Map<String, FieldShape> fields(Object... namesAndShapes) {
        var fields = new HashMap<String, FieldShape>();
        for (int index = 0; index < namesAndShapes.length; index += 2) {
            fields.put((String) namesAndShapes[index], (FieldShape) namesAndShapes[index + 1]);
        }
        return fields;
    }

    private static Object number(String text) {
        return text.contains(".") ? (Object) Double.valueOf(text) : Long.valueOf(text);
    }

    private static RuleEvent event(Map<String, Object> data) {
        return new RuleEvent("e", "pricing.price-changed", "test", null, Instant.EPOCH, Instant.EPOCH, data, Map.of());
    }

    private static RuleBook book(String on, String condition) {
        return rule("- id: r\n  on: " + on + "\n  when: " + condition + "\n  notify: { type: T }\n");
    }

    private static RuleBook rule(String yaml) {
        return RuleBook.parse(List.of(new RuleSource("test.yaml", yaml)), SHAPES, ReadingBounds.none());
    }
}
