package dev.carillon.eventsourced.rule;

import static dev.carillon.eventsourced.rule.RuleFixtures.book;
import static dev.carillon.eventsourced.rule.RuleFixtures.rule;
import static dev.carillon.eventsourced.rule.RuleFixtures.ruleWith;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.notification.Priority;
import java.util.List;
import org.junit.jupiter.api.Test;

class RuleBookTest {

    private final RuleBook book = RuleFixtures.book(List.of(
            new RuleSource("a.yaml", """
                    - { id: all, on: ordering.*, notify: { type: T } }
                    - { id: placed, on: [ordering.order-placed, billing.paid], notify: { type: T, channels: [sms, email] } }
                    - { id: off, on: ordering.order-placed, enabled: false, notify: { type: T } }
                    """),
            new RuleSource(
                    "b.yaml",
                    "- { id: late, on: ordering.order-placed, priority: low, description: d, notify: { type: T } }")));

    @Test
    void finds_the_enabled_rules_that_listen_in_file_order() {
        // Then
        assertThat(book.listeningTo("ordering.order-placed"))
                .extracting(Rule::id)
                .containsExactly("all", "placed", "late");
        assertThat(book.listeningTo("ordering.anything.below"))
                .extracting(Rule::id)
                .containsExactly("all");
        assertThat(book.listeningTo("billing.paid")).extracting(Rule::id).containsExactly("placed");
        assertThat(book.listeningTo("orderingx.y")).isEmpty();
        assertThat(book.listeningTo("ordering")).isEmpty();
    }

    @Test
    void answers_the_same_for_any_number_of_unknown_types() {
        // When
        for (int i = 0; i < 5_000; i++) {
            book.listeningTo("ordering.x" + i);
            book.listeningTo("other.x" + i);
        }

        // Then
        assertThat(book.listeningTo("ordering.x4999")).extracting(Rule::id).containsExactly("all");
        assertThat(book.listeningTo("other.x4999")).isEmpty();
    }

    @Test
    void knows_every_rule_by_id_even_those_switched_off() {
        // Then
        assertThat(book.rules()).extracting(Rule::id).containsExactly("all", "placed", "off", "late");
        assertThat(book.rule("off")).get().extracting(Rule::enabled).isEqualTo(false);
        assertThat(book.rule("nope")).isEmpty();
        assertThat(book.rule("placed").orElseThrow().channels()).containsExactly("sms", "email");
        assertThat(book.rule("placed").orElseThrow().on()).containsExactly("ordering.order-placed", "billing.paid");
        assertThat(book.rule("late"))
                .get()
                .extracting(Rule::priority, Rule::description)
                .containsExactly(Priority.LOW, "d");
    }

    @Test
    void files_without_rules_are_fine() {
        // Then
        assertThat(book("").rules()).isEmpty();
        assertThat(book("# nothing yet\n").rules()).isEmpty();
        assertThat(book("[]").rules()).isEmpty();
        assertThat(book("---\n").rules()).isEmpty();
    }

    @Test
    void a_version_changes_with_what_a_rule_says_and_with_nothing_else() {
        // Given
        var version = rule("- id: a\n  on: e\n  when: event.data.x == 'y'\n  notify: { type: T }\n")
                .version();

        // Then
        assertThat(version).matches("[0-9a-f]{12}");
        assertThat(rule("# c\n- notify:\n    type: \"T\"\n  on: e\n  id: a # d\n  when: \"event.data.x == 'y'\"\n")
                        .version())
                .isEqualTo(version);
        assertThat(rule("- id: a\n  on: e\n  when: event.data.x == 'z'\n  notify: { type: T }\n")
                        .version())
                .isNotEqualTo(version);
    }

    @Test
    void facts_are_those_the_expressions_mention() {
        // Then
        assertThat(ruleWith("when: order.total > 1").facts()).containsExactly(Fact.ORDER);
        assertThat(ruleWith("where: product.stock > 1 && customer.segment == 'x'")
                        .facts())
                .containsExactlyInAnyOrder(Fact.PRODUCT, Fact.CUSTOMER);
        assertThat(ruleWith("once: '${customer.id}/${order.id}'").facts()).containsExactly(Fact.ORDER);
        assertThat(ruleWith("notify: { type: T, context: { name: customer.name } }")
                        .facts())
                .containsExactly(Fact.CUSTOMER);
        assertThat(ruleWith("where: has(customer.segment)").facts()).containsExactly(Fact.CUSTOMER);
        assertThat(ruleWith("when: event.data.order == 'product'").facts()).isEmpty();
    }
}
