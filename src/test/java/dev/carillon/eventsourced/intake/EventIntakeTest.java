package dev.carillon.eventsourced.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.eventsourced.event.EventEnvelope;
import dev.carillon.platform.batch.Overloaded;
import dev.carillon.platform.batch.Pace;
import dev.carillon.platform.sql.Transactions;
import dev.carillon.platform.sql.Tx;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The queue in front of the journal, with a database that never answers or refuses. */
class EventIntakeTest {

    private static final Transactions NEVER = new Transactions() {
        @Override
        public <T> Uni<T> inTransaction(Function<Tx, Uni<T>> work) {
            return Uni.createFrom().nothing();
        }
    };

    private static final Transactions REFUSING = new Transactions() {
        @Override
        public <T> Uni<T> inTransaction(Function<Tx, Uni<T>> work) {
            return Uni.createFrom().failure(new IllegalArgumentException("does not fold"));
        }
    };

    @Test
    void a_full_queue_refuses_the_next_request_at_once() {
        // Given: the first two events in flight alone, 20,000 waiting behind them
        var meters = new SimpleMeterRegistry();
        var intake = new EventIntake(NEVER, null, null, () -> Pace.AT_ONCE, meters);
        IntStream.range(0, 20)
                .forEach(n -> intake.take(events(1000))
                        .subscribe()
                        .withSubscriber(UniAssertSubscriber.create())
                        .assertNotTerminated());
        intake.take(events(2))
                .subscribe()
                .withSubscriber(UniAssertSubscriber.create())
                .assertNotTerminated();
        assertThat(meters.get("carillon.events.waiting").gauge().value()).isEqualTo(20_000);

        // When
        var refused = intake.take(events(1)).subscribe().withSubscriber(UniAssertSubscriber.create());

        // Then
        refused.assertFailedWith(Overloaded.class);
    }

    @Test
    void an_event_that_cannot_be_stored_is_rejected_alone() {
        // Given
        var intake = new EventIntake(REFUSING, null, null, () -> Pace.AT_ONCE, new SimpleMeterRegistry());

        // When
        var taken = intake.take(events(2)).await().indefinitely();

        // Then
        assertThat(taken.accepted()).isZero();
        assertThat(taken.rejected()).extracting(EventsResult.Rejected::index).containsExactly(0, 1);
        assertThat(taken.rejected().get(0).problem().errors().get(0).detail()).isEqualTo("does not fit its type");
    }

    private static List<ReadEvent> events(int count) {
        return IntStream.range(0, count)
                .<ReadEvent>mapToObj(n -> new ReadEvent.ValidEvent(
                        new EventEnvelope("t", "e" + n, "/s", "x", null, Instant.EPOCH, Map.of(), Map.of(), Map.of())))
                .toList();
    }
}
