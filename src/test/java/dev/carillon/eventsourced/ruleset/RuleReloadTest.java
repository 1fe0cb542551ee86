package dev.carillon.eventsourced.ruleset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.eventsourced.rule.Rule;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuleReloadTest {

    @TempDir
    Path directory;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final RuleTrouble trouble = new RuleTrouble(meters);
    private ActiveRules active;
    private RuleReload reload;

    @BeforeEach
    void begin() throws IOException {
        write("one.yaml", rule("one"));
        var files = TestRules.directory(directory);
        active = TestRules.active(files);
        reload = new RuleReload(files, TestRules.compiler(), active, trouble);
    }

    @Test
    void nothing_happens_while_nothing_changes() {
        // Given
        var before = active.now();

        // When
        look(3);

        // Then
        assertThat(active.now()).isSameAs(before);
        assertThat(meters.find("carillon.rules.reloads").counters()).isEmpty();
    }

    @Test
    void a_changed_file_is_taken_when_it_has_come_to_rest() throws IOException {
        // Given
        write("two.yaml", rule("two"));

        // When
        look(1);

        // Then
        assertThat(ids()).containsExactly("one");
        look(1);
        assertThat(ids()).containsExactly("one", "two");
        assertThat(count("taken")).isOne();
    }

    @Test
    void a_file_half_written_is_no_change() throws IOException {
        // Given
        write("two.yaml", "- id: tw");
        look(1);
        write("two.yaml", rule("two"));

        // When
        look(2);

        // Then
        assertThat(ids()).containsExactly("one", "two");
        assertThat(meters.find("carillon.rules.reloads")
                        .tag("outcome", "refused")
                        .counter())
                .isNull();
    }

    @Test
    void a_broken_change_keeps_all_the_old_rules_and_says_so_until_it_is_mended() throws IOException {
        // Given
        write("one.yaml", rule("one").replace("a.b", "c.d"));
        write("two.yaml", "- { id: two, on: a.b, when: nonsense, notify: { type: ORDER_SHIPPED } }");

        // When
        look(4);

        // Then
        assertThat(active.book().listeningTo("a.b")).extracting(Rule::id).containsExactly("one");
        assertThat(trouble.problems())
                .singleElement()
                .asString()
                .startsWith("two.yaml:1:29: rule 'two': when: undeclared reference to 'nonsense'");
        assertThat(broken()).isOne();
        assertThat(count("refused")).isOne();
        var health = new RulesReady(active, trouble).call();
        assertThat(health.getStatus()).isEqualTo(Status.UP);
        assertThat(health.getData().orElseThrow())
                .containsEntry("rules", "stale")
                .containsKey("problem-1");

        // When
        write("two.yaml", rule("two"));
        look(2);

        // Then
        assertThat(active.book().listeningTo("c.d")).extracting(Rule::id).containsExactly("one");
        assertThat(ids()).containsExactly("one", "two");
        assertThat(broken()).isZero();
        assertThat(new RulesReady(active, trouble).call().getData().orElseThrow())
                .containsEntry("rules", "current")
                .doesNotContainKey("problem-1");
    }

    @Test
    void going_back_to_what_is_in_force_mends_it_too() throws IOException {
        // Given
        write("one.yaml", "broken: [");
        look(2);
        assertThat(broken()).isOne();

        // When
        write("one.yaml", rule("one"));
        look(2);

        // Then
        assertThat(broken()).isZero();
        assertThat(ids()).containsExactly("one");
    }

    @Test
    void a_directory_that_is_gone_keeps_the_old_rules() throws IOException {
        // Given
        Files.delete(directory.resolve("one.yaml"));
        Files.delete(directory);

        // When
        look(2);

        // Then
        assertThat(ids()).containsExactly("one");
        assertThat(trouble.problems()).singleElement().asString().contains("carillon.rules.path=");

        // When
        Files.createDirectory(directory);
        write("one.yaml", rule("one"));
        look(2);

        // Then
        assertThat(trouble.problems()).isEmpty();
    }

    @Test
    void what_editors_put_beside_a_file_is_no_rule_file() throws IOException {
        // Given
        write(".one.yaml", "junk: [");
        write("one.yaml~", "junk: [");
        write("one.yaml.swp", "junk: [");

        // When
        look(2);

        // Then
        assertThat(trouble.problems()).isEmpty();
        assertThat(ids()).containsExactly("one");
    }

    private void look(int times) {
        for (int i = 0; i < times; i++) {
            reload.look();
        }
    }

    private List<String> ids() {
        return active.book().rules().stream().map(Rule::id).toList();
    }

    private double broken() {
        return meters.get("carillon.rules.broken").gauge().value();
    }

    private double count(String outcome) {
        return meters.get("carillon.rules.reloads")
                .tag("outcome", outcome)
                .tag("source", "files")
                .counter()
                .count();
    }

    private static String rule(String id) {
        return "- { id: " + id + ", on: a.b, notify: { type: ORDER_SHIPPED } }";
    }

    private void write(String file, String text) throws IOException {
        Files.writeString(directory.resolve(file), text);
    }
}
