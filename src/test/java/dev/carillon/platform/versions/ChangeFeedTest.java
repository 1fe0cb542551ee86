package dev.carillon.platform.versions;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChangeFeedTest {

    private final Store store = new Store();
    private final Kept rules = new Kept("rules");
    private final Kept keys = new Kept("keys");
    private final Kept uncounted = new Kept("uncounted");
    private final ChangeFeed feed = new ChangeFeed(store, Vertx.vertx(), List.of(rules, keys, uncounted));

    @Test
    void each_hears_its_own_number_with_every_poll() {
        // Given
        store.changes = Map.of("rules", 7L, "keys", 2L);

        // When
        feed.poll();
        feed.poll();

        // Then
        assertThat(rules.heard).containsExactly(7L, 7L);
        assertThat(keys.heard).containsExactly(2L, 2L);
        assertThat(uncounted.heard).containsExactly(0L, 0L);
    }

    @Test
    void who_is_not_done_yet_is_not_asked_again_and_keeps_nobody_waiting() {
        // Given
        store.changes = Map.of("rules", 1L, "keys", 1L);
        rules.works = Uni.createFrom().emitter(emitter -> rules.working = emitter);
        feed.poll();

        // When
        store.changes = Map.of("rules", 2L, "keys", 2L);
        feed.poll();

        // Then
        assertThat(rules.heard).containsExactly(1L);
        assertThat(keys.heard).containsExactly(1L, 2L);

        // When
        rules.working.complete(null);
        feed.poll();

        // Then
        assertThat(rules.heard).containsExactly(1L, 2L);
    }

    @Test
    void who_fails_is_asked_again_and_spoils_nothing_for_the_others() {
        // Given
        store.changes = Map.of("rules", 1L, "keys", 1L);
        rules.works = Uni.createFrom().failure(new IllegalStateException("broken"));

        // When
        feed.poll();
        feed.poll();

        // Then
        assertThat(rules.heard).containsExactly(1L, 1L);
        assertThat(keys.heard).containsExactly(1L, 1L);
    }

    @Test
    void while_the_database_is_away_nobody_hears_anything() {
        // Given
        store.away = true;
        feed.poll();
        assertThat(rules.heard).isEmpty();

        // When
        store.away = false;
        feed.poll();

        // Then
        assertThat(rules.heard).containsExactly(0L);
    }

    private static final class Store extends PgChangeFeed {

        private Map<String, Long> changes = Map.of();
        private boolean away;

        private Store() {
            super(null);
        }

        @Override
        Uni<Map<String, Long>> changes() {
            return away
                    ? Uni.createFrom().failure(new IllegalStateException("away"))
                    : Uni.createFrom().item(changes);
        }
    }

    private static final class Kept implements ChangeListener {

        private final String topic;
        private final List<Long> heard = new ArrayList<>();
        private Uni<Void> works = Uni.createFrom().voidItem();
        private UniEmitter<? super Void> working;

        private Kept(String topic) {
            this.topic = topic;
        }

        @Override
        public String topic() {
            return topic;
        }

        @Override
        public Uni<Void> heard(long changes) {
            heard.add(changes);
            return works;
        }
    }
}
