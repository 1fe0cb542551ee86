package dev.carillon.eventsourced.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class RuleTextTest {

    private static final String FILE = """
            # Rules.

            - id: first          # the first
              on: a.b
              when: >
                event.data.x == 1
              notify: { type: T }

            # Comes next.
            - id: second
              on: [a.b,
                c.d]
              notify:
                type: T
            """;

    @Test
    void a_rule_of_a_file_is_cut_out_as_it_was_written() {
        // When
        var book = parse(FILE);

        // Then
        assertThat(yaml(book, "first")).isEqualTo("""
                id: first          # the first
                on: a.b
                when: >
                  event.data.x == 1
                notify: { type: T }
                """);
        assertThat(yaml(book, "second")).isEqualTo("id: second\non: [a.b,\n  c.d]\nnotify:\n  type: T\n");
    }

    @Test
    void what_cannot_be_cut_out_is_written_anew() {
        // When
        var book = parse(
                "[ {id: one, on: a.b, notify: {type: T}}, {id: two, on: a.b, description: \"a\\n\\\"b\\\"\", notify: {type: T}} ]");

        // Then
        assertThat(single(yaml(book, "two")).rules().get(0).version())
                .isEqualTo(book.rule("two").orElseThrow().version());
        assertThat(single(yaml(book, "two")).rules().get(0).description()).isEqualTo("a\n\"b\"");
    }

    @Test
    void the_piece_has_the_version_of_the_rule() {
        // Given
        var book = parse(FILE);

        // Then
        for (var id : List.of("first", "second")) {
            assertThat(single(yaml(book, id)).rules().get(0).version())
                    .isEqualTo(book.rule(id).orElseThrow().version());
        }
    }

    @Test
    void a_single_rule_is_a_mapping_or_a_list_of_one() {
        assertThat(single("id: r\non: a.b\nnotify: { type: T }").rules()).hasSize(1);
        assertThat(single("- id: r\n  on: a.b\n  notify: { type: T }").rules()).hasSize(1);
        assertThat(single(
                                "{\"id\": \"r\", \"on\": [\"a.b\"], \"enabled\": true, \"description\": \"a \\u00e9 \\ud83d\\ude00\", \"notify\": {\"type\": \"T\"}}")
                        .rules()
                        .get(0)
                        .description())
                .isEqualTo("a é 😀");
        assertThatThrownBy(() -> single("")).hasMessage("body:1:1: says nothing; must be a rule");
        assertThatThrownBy(() -> single("just text")).hasMessage("body:1:1: must be a rule");
        assertThatThrownBy(() -> single(FILE)).hasMessageContaining("must be one rule, not 2");
    }

    @Test
    void a_later_complaint_knows_the_place_too() {
        // Given
        var text = parse(FILE).text("second").orElseThrow();

        // Then
        assertThat(text.problem("notify.type", "is unknown"))
                .hasToString("test.yaml:14:11: rule 'second': notify.type: is unknown");
        assertThat(text.problem("notify.channels", "are unknown"))
                .hasToString("test.yaml:14:5: rule 'second': notify.channels: are unknown");
    }

    @Test
    void a_rule_switched_by_hand_keeps_its_version() {
        // Given
        var rule = parse(FILE).rule("first").orElseThrow();

        // When
        var off = rule.switched(false);

        // Then
        assertThat(off.enabled()).isFalse();
        assertThat(off.version()).isEqualTo(rule.version());
        assertThat(RuleBook.of(List.of(off)).listeningTo("a.b")).isEmpty();
        assertThat(RuleBook.of(List.of(off.switched(true))).listeningTo("a.b")).hasSize(1);
    }

    private static RuleBook parse(String yaml) {
        return RuleFixtures.book(List.of(new RuleSource("test.yaml", yaml)));
    }

    private static RuleBook single(String yaml) {
        return RuleBook.single(new RuleSource("body", yaml), EventShapes.NONE, ReadingBounds.none());
    }

    private static String yaml(RuleBook book, String id) {
        return book.text(id).orElseThrow().yaml();
    }
}
