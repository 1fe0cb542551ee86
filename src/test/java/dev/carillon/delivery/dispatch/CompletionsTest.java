package dev.carillon.delivery.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.delivery.DeliveryListener;
import dev.carillon.delivery.DeliveryListener.Moved;
import dev.carillon.delivery.TestDeliveries;
import dev.carillon.delivery.outbox.Attempt;
import dev.carillon.delivery.outbox.FakeOutbox;
import dev.carillon.platform.batch.Pace;
import dev.carillon.platform.sql.PgFailures;
import io.smallrye.mutiny.Uni;
import io.vertx.pgclient.PgException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CompletionsTest {

    private static final List<Moved> MOVED =
            List.of(new Moved("d1", "acme", "test", "ORDER_SHIPPED", "sent", "mock", null));

    private final FakeOutbox outbox = new FakeOutbox();
    private final List<Moved> heard = new ArrayList<>();

    @Test
    void tells_after_the_commit_and_whatever_another_listener_makes_of_it() {
        // Given
        var completions = completions(
                outbox,
                moved -> {
                    throw new IllegalStateException("a bug");
                },
                heard::addAll);
        var written = completions.write(attempt()).subscribeAsCompletionStage();
        assertThat(heard).isEmpty();

        // When
        outbox.completions.remove().answer().complete(MOVED);

        // Then
        assertThat(written).isCompleted();
        assertThat(heard).isEqualTo(MOVED);
    }

    @Test
    void writes_many_in_one_commit() {
        // Given
        var completions = completions(outbox);
        for (int i = 0; i < 40; i++) {
            completions.write(attempt()).subscribeAsCompletionStage();
        }

        // When
        outbox.completions.remove().answer().complete(List.of());

        // Then
        assertThat(outbox.completions).extracting(asked -> asked.what().size()).containsExactly(1, 38);
    }

    @Test
    void asks_a_database_that_is_away_again_so_that_nobody_hears_a_thing_twice() {
        // Given
        var asked = new AtomicInteger();
        var away = new FakeOutbox() {
            @Override
            public Uni<List<Moved>> complete(List<Attempt> attempts) {
                return asked.incrementAndGet() < 3
                        ? Uni.createFrom().failure(new PgException("terminating connection", "FATAL", "57P01", ""))
                        : Uni.createFrom().item(MOVED);
            }
        };

        // When
        completions(away, heard::addAll).write(attempt()).await().atMost(Duration.ofSeconds(20));

        // Then
        assertThat(asked).hasValue(3);
        assertThat(heard).isEqualTo(MOVED);
    }

    @Test
    void does_not_ask_again_when_the_data_are_refused() {
        // Given
        var asked = new AtomicInteger();
        var refusing = new FakeOutbox() {
            @Override
            public Uni<List<Moved>> complete(List<Attempt> attempts) {
                asked.incrementAndGet();
                return Uni.createFrom().failure(new PgException("invalid byte sequence", "ERROR", "22021", ""));
            }
        };

        // Then
        assertThatThrownBy(() -> completions(refusing).write(attempt()).await().atMost(Duration.ofSeconds(20)))
                .isInstanceOf(PgException.class);
        assertThat(asked).hasValue(1);
    }

    @Test
    void a_failure_is_named_without_the_values_its_message_quotes() {
        // Given
        var quoting = new PgException("Key (email)=(alice@example.com) exists", "ERROR", "23505", "alice@example.com");

        // Then
        assertThat(PgFailures.nameOf(quoting)).isEqualTo("PgException 23505");
        assertThat(PgFailures.nameOf(new CompletionException(new IllegalStateException("retries exhausted", quoting))))
                .isEqualTo("PgException 23505");
        assertThat(PgFailures.nameOf(new IllegalStateException("alice@example.com")))
                .isEqualTo("IllegalStateException");
    }

    private static Completions completions(FakeOutbox outbox, DeliveryListener... listeners) {
        return new Completions(outbox, List.of(listeners), new FakeSettings(1), () -> Pace.AT_ONCE);
    }

    private static Attempt attempt() {
        return Attempt.sent(TestDeliveries.leased(TestDeliveries.delivery("test", 1), 1, Instant.EPOCH), "fake", "m");
    }
}
