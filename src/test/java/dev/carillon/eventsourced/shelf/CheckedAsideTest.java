package dev.carillon.eventsourced.shelf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.carillon.platform.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Rules are checked for callers on few threads, and nobody waits for ever. */
class CheckedAsideTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final RuleCompiler compiler = Shelves.compiler();
    private final CountDownLatch longEnough = new CountDownLatch(1);

    @AfterEach
    void goOn() {
        longEnough.countDown();
    }

    @Test
    void who_comes_while_many_are_checked_is_asked_to_come_again() {
        // Given
        var busy = Stream.generate(() -> takingLong(PATIENCE).subscribe().withSubscriber(UniAssertSubscriber.<String>create())).limit(4).toList();

        // When, Then
        assertThatThrownBy(() -> takingLong(PATIENCE).await().atMost(PATIENCE)).isInstanceOfSatisfying(ProblemException.class,
                refused -> assertThat(refused.problem().status()).isEqualTo(503));
        longEnough.countDown();
        busy.forEach(one -> one.awaitItem(PATIENCE).assertItem("checked"));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(takingLong(PATIENCE).await().atMost(PATIENCE)).isEqualTo("checked"));
    }

    @Test
    void what_takes_too_long_is_answered_and_still_counts_until_it_ends() {
        // When
        var late = List.of(takingLong(Duration.ofMillis(1)), takingLong(Duration.ofMillis(1)), takingLong(Duration.ofMillis(1)), takingLong(Duration.ofMillis(1)));

        // Then
        late.forEach(one -> assertThatThrownBy(() -> one.await().atMost(PATIENCE)).isInstanceOfSatisfying(ProblemException.class, refused -> {
            assertThat(refused.problem().status()).isEqualTo(422);
            assertThat(refused.problem().errors()).singleElement().satisfies(error -> assertThat(error.pointer()).isEqualTo("/rules"));
        }));
        assertThatThrownBy(() -> takingLong(PATIENCE).await().atMost(PATIENCE)).hasMessageContaining("Other rules are being checked");
    }

    private Uni<String> takingLong(Duration within) {
        return compiler.aside(() -> {
            try {
                longEnough.await();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
            return "checked";
        }, within, "/rules");
    }
}
