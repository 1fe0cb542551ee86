package dev.carillon.eventsourced.ruleset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.eventsourced.rule.Rule;
import dev.carillon.eventsourced.rule.RuleSource;
import dev.carillon.platform.versions.DocumentState;
import dev.carillon.platform.versions.DocumentVersion;
import dev.carillon.platform.versions.PublishedDocuments.CompiledDocument;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RuleSetSnapshotTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final String FILE = """
            - { id: b, on: x.y, notify: { type: ORDER_SHIPPED } }
            - { id: a, on: x.y, notify: { type: ORDER_SHIPPED } }
            """;

    private final RuleSetSnapshot files = RuleSetSnapshot.of(TestRules.book(FILE));

    @Test
    void rules_of_files_answer_in_file_order_and_the_apis_own_after_them() {
        // When
        var snapshot = files.withStored(Map.of("c", put("c", "x.y"), "0", put("0", "x.y")), List.of());

        // Then
        assertThat(snapshot.book().listeningTo("x.y")).extracting(Rule::id).containsExactly("b", "a", "0", "c");
    }

    @Test
    void what_the_api_put_replaces_the_files_rule_in_its_place_and_says_so() {
        // Given
        var mine = put("b", "other.type");

        // When
        var snapshot = files.withStored(
                Map.of("b", mine),
                List.of(stored("b", "whatever", mine.compiled().version(), null)));

        // Then
        var b = snapshot.rules().get("b");
        assertThat(b.origin()).isEqualTo(RuleOrigin.API);
        assertThat(b.file()).isEqualTo("test.yaml");
        assertThat(b.since()).isEqualTo(NOON);
        assertThat(snapshot.book().rules()).extracting(Rule::id).containsExactly("b", "a");
        assertThat(snapshot.book().listeningTo("x.y")).extracting(Rule::id).containsExactly("a");
    }

    @Test
    void without_it_the_files_rule_answers_again() {
        // Given
        var snapshot = files.withStored(Map.of("b", put("b", "other.type")), List.of());

        // When
        var again = snapshot.withStored(Map.of(), List.of());

        // Then
        assertThat(again.rules().get("b").origin()).isEqualTo(RuleOrigin.FILE);
        assertThat(again.book().listeningTo("x.y")).hasSize(2);
    }

    @Test
    void a_switch_outlives_new_texts() {
        // Given
        var snapshot = files.withStored(Map.of(), List.of(stored("a", "v", null, false)));
        assertThat(snapshot.book().listeningTo("x.y")).extracting(Rule::id).containsExactly("b");

        // When
        var changed = snapshot.withFiles(
                TestRules.book("- { id: a, on: x.y, description: new, notify: { type: ORDER_SHIPPED } }"));

        // Then
        assertThat(changed.book().listeningTo("x.y")).isEmpty();
        assertThat(changed.rules().get("a").rule().enabled()).isFalse();
    }

    @Test
    void a_version_the_database_has_not_heard_of_has_no_since() {
        assertThat(files.withStored(Map.of(), List.of(stored("a", "another", null, null)))
                        .rules()
                        .get("a")
                        .since())
                .isNull();
    }

    private static CompiledDocument<Rule> put(String id, String on) {
        var yaml = "id: " + id + "\non: " + on + "\nnotify: { type: ORDER_SHIPPED }\n";
        var rule =
                TestRules.compiler().single(new RuleSource("api", yaml)).rules().get(0);
        return new CompiledDocument<>(new DocumentVersion(id, rule.version(), yaml, null, NOON, "someone"), rule);
    }

    private static DocumentState stored(
            String id, @Nullable String file, @Nullable String api, @Nullable Boolean switched) {
        return new DocumentState(id, file, api, switched, NOON);
    }
}
