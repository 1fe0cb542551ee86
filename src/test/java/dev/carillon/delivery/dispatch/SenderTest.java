package dev.carillon.delivery.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.delivery.DeliveryOutcome;
import dev.carillon.delivery.DeliveryOutcome.NotTried;
import dev.carillon.delivery.DeliveryOutcome.Refused;
import dev.carillon.delivery.DeliveryOutcome.RetryLater;
import dev.carillon.delivery.DeliveryOutcome.Sent;
import dev.carillon.delivery.FailureKind;
import dev.carillon.delivery.LeasedDelivery;
import dev.carillon.delivery.TestDeliveries;
import dev.carillon.delivery.circuit.TestCircuits;
import dev.carillon.delivery.outbox.Attempt;
import dev.carillon.delivery.outbox.Attempt.AttemptOutcome;
import dev.carillon.delivery.outbox.FakeOutbox;
import dev.carillon.platform.batch.Pace;
import dev.carillon.platform.telemetry.Traces;
import dev.carillon.testing.SettableClock;
import io.opentelemetry.api.OpenTelemetry;
import io.smallrye.mutiny.Uni;
import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class SenderTest {

    private final SettableClock clock = new SettableClock();
    private final FakeOutbox outbox = new FakeOutbox();
    private final SendDeadlines sendDeadlines = new SendDeadlines(clock);
    private final Sender sender = new Sender(
            new ProviderSelection(TestCircuits.off(), ProviderLimitsTest.none(), clock),
            new Completions(outbox, List.of(), new FakeSettings(1), () -> Pace.AT_ONCE),
            sendDeadlines,
            new Traces(OpenTelemetry.noop().getTracer("test")),
            clock);

    @Test
    void writes_down_that_it_was_sent_and_is_done_when_that_is_committed() {
        // Given
        var channel = answering(new Sent("msg-1"));

        // When
        var done = sender.send(channel, leased(1)).subscribeAsCompletionStage();

        // Then
        assertThat(done).isNotDone();
        var attempt = written();
        assertThat(attempt.outcome()).isEqualTo(AttemptOutcome.SENT);
        assertThat(attempt.provider()).isEqualTo("fake");
        assertThat(attempt.providerMessageId()).isEqualTo("msg-1");
        outbox.completions.remove().answer().complete(List.of());
        assertThat(done).isCompleted();
    }

    @Test
    void tries_again_when_and_only_when_there_is_an_attempt_left() {
        // Given
        try (var stopped = clock.stop()) {
            var channel = answering(new RetryLater(FailureKind.RATE_LIMITED, "slow down", Duration.ofMinutes(2)));

            // When
            sender.send(channel, leased(11)).subscribeAsCompletionStage();
            var retry = written();
            outbox.completions.remove().answer().complete(List.of());
            sender.send(channel, leased(12)).subscribeAsCompletionStage();
            var last = written();

            // Then
            assertThat(retry.outcome()).isEqualTo(AttemptOutcome.RETRY);
            assertThat(retry.nextAt()).isEqualTo(clock.instant().plus(Duration.ofMinutes(2)));
            assertThat(retry.failure()).isEqualTo("RATE_LIMITED");
            assertThat(last.outcome()).isEqualTo(AttemptOutcome.DEAD);
            assertThat(last.detail()).isEqualTo("slow down");
        }
    }

    @Test
    void what_was_not_tried_after_all_is_due_again_and_no_attempt() {
        // Given
        var leased = leased(12);

        // When
        var done = sender.send(answering(new NotTried("no connection is free")), leased)
                .subscribeAsCompletionStage();

        // Then
        assertThat(done).isCompleted();
        assertThat(outbox.completions).isEmpty();
        assertThat(outbox.released).containsExactly(leased);
    }

    @Test
    void gives_up_what_is_refused_for_good() {
        // When
        sender.send(answering(new Refused(FailureKind.REJECTED, "no such mailbox")), leased(1))
                .subscribeAsCompletionStage();

        // Then
        assertThat(written().outcome()).isEqualTo(AttemptOutcome.DEAD);
        assertThat(written().failure()).isEqualTo("REJECTED");
    }

    @Test
    void takes_whatever_breaks_in_a_channel_for_a_passing_failure_and_quotes_no_message() {
        // Given
        var failing =
                new FakeChannel(leased -> Uni.createFrom().failure(new IllegalArgumentException("alice@example.com")));
        var throwing = new FakeChannel(leased -> {
            throw new IllegalArgumentException("alice@example.com");
        });
        var silent = new FakeChannel(leased -> Uni.createFrom().nullItem());

        for (var channel : List.of(failing, throwing, silent)) {
            // When
            sender.send(channel, leased(1)).subscribeAsCompletionStage();

            // Then
            assertThat(written().outcome()).isEqualTo(AttemptOutcome.RETRY);
            assertThat(written().failure()).isEqualTo("PROVIDER_ERROR");
            assertThat(written().detail()).isIn("IllegalArgumentException", "IllegalStateException");
            outbox.completions.remove().answer().complete(List.of());
        }
    }

    @Test
    void a_message_that_a_channel_breaks_on_stops_no_other_and_a_way_that_is_broken_does() {
        // Given
        var selection =
                new ProviderSelection(new TestCircuits().replica(clock, Map.of()), ProviderLimitsTest.none(), clock);
        var sender = new Sender(
                selection,
                new Completions(outbox, List.of(), new FakeSettings(1), () -> Pace.AT_ONCE),
                new SendDeadlines(clock),
                new Traces(OpenTelemetry.noop().getTracer("test")),
                clock);
        var bug = new FakeChannel(leased -> Uni.createFrom().failure(new NullPointerException()));
        var broken = new FakeChannel(leased -> Uni.createFrom().failure(new ConnectException()));

        // When
        for (int i = 0; i < 30; i++) {
            sender.send(bug, leased(1)).subscribeAsCompletionStage();
        }

        // Then
        assertThat(selection.admits(bug, 10, () -> {})).isEqualTo(10);

        // When
        for (int i = 0; i < 30; i++) {
            sender.send(broken, leased(1)).subscribeAsCompletionStage();
        }

        // Then
        assertThat(selection.admits(broken, 10, () -> {})).isZero();
    }

    @Test
    void never_sends_what_has_expired() {
        // Given
        try (var stopped = clock.stop()) {
            var sent = new AtomicBoolean();
            var channel = new FakeChannel(leased -> {
                sent.set(true);
                return Uni.createFrom().item(new Sent("msg-1"));
            });
            var delivery = TestDeliveries.delivery("test", 1, clock.instant());

            // When
            sender.send(channel, TestDeliveries.leased(delivery, 1, clock.instant()))
                    .subscribeAsCompletionStage();

            // Then
            assertThat(sent).isFalse();
            assertThat(written().outcome()).isEqualTo(AttemptOutcome.EXPIRED);
            assertThat(written().failure()).isEqualTo("EXPIRED");
        }
    }

    @Test
    void what_would_be_tried_again_too_late_has_expired_and_is_no_dead_letter() {
        // Given
        try (var stopped = clock.stop()) {
            var channel = answering(new RetryLater(FailureKind.RATE_LIMITED, "429", Duration.ofMinutes(2)));
            var delivery = TestDeliveries.delivery("test", 1, clock.instant().plus(Duration.ofMinutes(1)));

            // When
            sender.send(channel, TestDeliveries.leased(delivery, 1, clock.instant()))
                    .subscribeAsCompletionStage();

            // Then
            assertThat(written().outcome()).isEqualTo(AttemptOutcome.EXPIRED);
            assertThat(written().failure()).isEqualTo("RATE_LIMITED");
        }
    }

    @Test
    void gives_up_on_a_provider_that_never_answers_while_the_lease_still_holds() {
        // Given
        try (var stopped = clock.stop()) {
            var cancelled = new AtomicBoolean();
            var hanging = new FakeChannel(leased ->
                    Uni.createFrom().<DeliveryOutcome>nothing().onCancellation().invoke(() -> cancelled.set(true)));
            sender.send(hanging, leased(1)).subscribeAsCompletionStage();

            // When
            clock.advance(Duration.ofSeconds(27));
            sendDeadlines.look();

            // Then
            assertThat(outbox.completions).isEmpty();

            // When
            clock.advance(Duration.ofMillis(1));
            sendDeadlines.look();

            // Then
            assertThat(written().outcome()).isEqualTo(AttemptOutcome.RETRY);
            assertThat(written().detail()).isEqualTo("TimeoutException");
            assertThat(written().failure()).as("it may have gone out").isEqualTo("OUTCOME_UNKNOWN");
            assertThat(cancelled).isTrue();
            assertThat(sendDeadlines.waiting()).isZero();
        }
    }

    @Test
    void waits_for_nobody_who_has_answered() {
        // When
        sender.send(answering(new Sent("msg-1")), leased(1)).subscribeAsCompletionStage();
        sender.send(new FakeChannel(leased -> Uni.createFrom().failure(new IllegalStateException())), leased(1))
                .subscribeAsCompletionStage();

        // Then
        assertThat(sendDeadlines.waiting()).isZero();
    }

    @Test
    void believes_no_provider_to_write_plain_texts() {
        // When
        sender.send(answering(new Sent("msg\u0000-1\n" + "x".repeat(10_000))), leased(1))
                .subscribeAsCompletionStage();

        // Then
        assertThat(written().providerMessageId()).startsWith("msg -1 x").hasSize(500);
    }

    private Attempt written() {
        return outbox.completions.element().what().get(0);
    }

    private LeasedDelivery leased(int attempt) {
        return TestDeliveries.leased(TestDeliveries.delivery("test", 1), attempt, clock.instant());
    }

    private static FakeChannel answering(DeliveryOutcome outcome) {
        return new FakeChannel(leased -> Uni.createFrom().item(outcome));
    }
}
