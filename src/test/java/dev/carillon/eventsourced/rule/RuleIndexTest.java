package dev.carillon.eventsourced.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RuleIndexTest {

    private final RuleIndex index = new RuleIndex(
            RuleFixtures.book(List.of(new RuleSource("rules", """
            - {id: all, on: shop.*, notify: {type: T}}
            - {id: one, on: [shop.order, shop.order, bank.card], notify: {type: T}}
            - {id: off, enabled: false, on: shop.order, notify: {type: T}}
            - {id: late, on: bank.card, after: {event: shop.order, within: P1D}, notify: {type: T}}
            - {id: orders, on: [shop.order.*, shop.order], notify: {type: T}}
            """))).rules());

    @Test
    void rules_that_name_a_type_or_a_prefix_of_it_come_in_file_order_once_each() {
        assertThat(ids("shop.order")).containsExactly("all", "one", "late", "orders");
        assertThat(ids("bank.card")).containsExactly("one", "late");
    }

    @Test
    void a_type_that_no_rule_names_is_news_to_those_of_its_prefixes() {
        assertThat(ids("shop.order.paid")).containsExactly("all", "orders");
        assertThat(ids("shop.cart")).containsExactly("all");
        assertThat(ids("shop")).isEmpty();
    }

    @Test
    void it_answers_the_same_however_many_other_types_came_before() {
        for (int i = 0; i < 3_000; i++) {
            assertThat(ids("shop.t" + i)).containsExactly("all");
        }
        assertThat(ids("shop.order")).containsExactly("all", "one", "late", "orders");
    }

    private List<String> ids(String type) {
        return index.listeningTo(type).stream().map(Rule::id).toList();
    }
}
