package dev.carillon.platform.versions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.platform.versions.PgDocuments.StoredDocument;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Texts that compile to their length in letters, and not at all with a digit. */
class PublishedDocumentsTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final Database database = new Database();
    private final Lengths here = new Lengths(database);

    @Test
    void what_the_api_put_is_compiled_and_used_in_one_step() {
        // Given
        database.put("a", "v1", "one");
        database.put("b", "v1", "three");
        database.fileOnly("c");

        // When
        here.load();

        // Then
        assertThat(here.used).containsExactly(Map.of("a", 3, "b", 5));
        assertThat(here.states).extracting(DocumentState::id).containsExactlyInAnyOrder("a", "b", "c");
        assertThat(here.find("a").orElseThrow().version().content()).isEqualTo("one");
        assertThat(here.find("c")).isEmpty();
    }

    @Test
    void nothing_is_read_while_nothing_changes_and_what_stays_is_not_compiled_again() {
        // Given
        database.put("a", "v1", "one");
        here.load();
        here.load();
        assertThat(here.used).hasSize(1);

        // When
        database.put("b", "v1", "three");
        here.load();

        // Then
        assertThat(here.compiled).containsExactly("one", "three");
        assertThat(here.used).last().isEqualTo(Map.of("a", 3, "b", 5));
    }

    @Test
    void what_cannot_be_used_here_leaves_the_version_before_in_force_and_says_why() {
        // Given
        database.put("a", "v1", "one");
        here.load();

        // When
        database.put("a", "v2", "2");
        database.put("b", "v1", "3");
        here.load();

        // Then
        assertThat(here.used).last().isEqualTo(Map.of("a", 3));
        assertThat(here.problems).containsExactlyInAnyOrder("a: digit", "in 2", "b: digit", "in 3");

        // When
        database.put("a", "v3", "three");
        database.withdraw("b");
        here.load();

        // Then
        assertThat(here.used).last().isEqualTo(Map.of("a", 5));
        assertThat(here.problems).isEmpty();
    }

    @Test
    void what_was_read_before_another_change_does_not_replace_it() {
        // Given
        database.put("a", "v1", "one");
        var early = database.changes;
        database.put("a", "v2", "three");
        here.load();

        // When
        here.heard(early).await().indefinitely();

        // Then
        assertThat(here.used).containsExactly(Map.of("a", 5));
    }

    @Test
    void a_bug_is_no_unusable_document_and_is_tried_again() {
        // Given
        database.put("a", "v1", "bug");

        // When
        assertThatThrownBy(here::load).isInstanceOf(IllegalStateException.class);

        // Then
        assertThat(here.used).isEmpty();
        assertThatThrownBy(here::load).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void while_the_database_is_away_what_is_in_force_stays() {
        // Given
        database.put("a", "v1", "one");
        here.load();
        database.away = true;

        // When
        here.refresh().await().indefinitely();

        // Then
        assertThat(here.find("a")).isPresent();
    }

    private static final class Unusable extends RuntimeException {

        private Unusable(String message) {
            super(message);
        }
    }

    private static final class Lengths extends PublishedDocuments<Integer> {

        private final List<String> compiled = new ArrayList<>();
        private final List<Map<String, Integer>> used = new ArrayList<>();
        private List<DocumentState> states = List.of();
        private List<String> problems = List.of();

        private Lengths(Database database) {
            super(database, "texts", Unusable.class);
        }

        private void load() {
            loadAtStart();
        }

        @Override
        protected Integer compile(DocumentVersion version) {
            if (version.content().equals("bug")) {
                throw new IllegalStateException("a bug");
            }
            if (version.content().matches(".*[0-9].*")) {
                throw new Unusable(version.id() + ": digit\nin " + version.content());
            }
            compiled.add(version.content());
            return version.content().length();
        }

        @Override
        protected void use(
                Map<String, CompiledDocument<Integer>> published, List<DocumentState> states, List<String> problems) {
            var lengths = new HashMap<String, Integer>();
            published.forEach((id, one) -> lengths.put(id, one.compiled()));
            used.add(lengths);
            this.states = states;
            this.problems = problems;
        }
    }

    private static final class Database extends VersionedDocuments {

        private final Map<String, StoredDocument> stored = new HashMap<>();
        private long changes;
        private boolean away;

        private Database() {
            super(null, null, null, List.of());
        }

        private void put(String id, String version, String content) {
            keep(id, version, new DocumentVersion(id, version, content, null, NOON, "someone"));
        }

        private void fileOnly(String id) {
            keep(id, null, null);
        }

        private void withdraw(String id) {
            keep(id, null, null);
        }

        private void keep(String id, @Nullable String version, @Nullable DocumentVersion put) {
            changes++;
            stored.put(id, new StoredDocument(new DocumentState(id, "file", version, null, NOON), put));
        }

        @Override
        Uni<Long> changes(String topic) {
            return away
                    ? Uni.createFrom().failure(new IllegalStateException("away"))
                    : Uni.createFrom().item(changes);
        }

        @Override
        Uni<List<StoredDocument>> all(String topic) {
            return Uni.createFrom().item(() -> List.copyOf(stored.values()));
        }
    }
}
