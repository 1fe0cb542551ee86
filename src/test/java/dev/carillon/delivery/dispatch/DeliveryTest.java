package dev.carillon.delivery.dispatch;

import static dev.carillon.notification.Commands.on;
import static dev.carillon.notification.Commands.orderShipped;
import static dev.carillon.notification.TestPipeline.unique;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.carillon.delivery.DeliveryOutcome;
import dev.carillon.delivery.DeliveryOutcome.Refused;
import dev.carillon.delivery.DeliveryOutcome.RetryLater;
import dev.carillon.delivery.DeliveryOutcome.Sent;
import dev.carillon.delivery.FailureKind;
import dev.carillon.delivery.email.EmailScripts;
import dev.carillon.notification.NotificationCommand;
import dev.carillon.notification.TestPipeline;
import dev.carillon.notification.tracking.NotificationView;
import dev.carillon.notification.tracking.Status;
import dev.carillon.testing.SettableClock;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class DeliveryTest {

    @Inject
    TestPipeline pipeline;

    @Inject
    EmailScripts email;

    @Inject
    SettableClock clock;

    @Inject
    DeliveryBell bell;

    private final String tenant = unique("delivery");
    private final String address = unique("carol") + "@example.com";
    private final NotificationCommand command = on(orderShipped(tenant, "carol"), "email");

    @BeforeEach
    void aCustomerWithAnEmailAddress() {
        pipeline.customer(tenant, "carol", address, null);
    }

    @Test
    void what_fails_for_a_moment_is_retried_when_its_time_has_come_and_not_before() {
        // Given
        try (var stopped = clock.stop()) {
            email.play(
                    address,
                    delivery -> answer(
                            delivery.attempt() == 1
                                    ? new RetryLater(FailureKind.RATE_LIMITED, "429", Duration.ofMinutes(10))
                                    : new Sent("msg-2")));
            pipeline.submit(command);
            pipeline.awaitStatus(command, Status.RETRYING);

            // When
            clock.advance(Duration.ofMinutes(9));
            bell.ring(List.of("email"));

            // Then
            assertThat(email.received(address)).hasSize(1);

            // When
            clock.advance(Duration.ofMinutes(1));
            bell.ring(List.of("email"));

            // Then
            var sent = pipeline.awaitStatus(command, Status.SENT);
            assertThat(attempts(sent))
                    .extracting(NotificationView.AttemptView::outcome)
                    .containsExactly("retry", "sent");
            assertThat(attempts(sent))
                    .extracting(NotificationView.AttemptView::failure)
                    .containsExactly("RATE_LIMITED", null);
            assertThat(attempts(sent).get(1).providerMessageId()).isEqualTo("msg-2");
        }
    }

    @Test
    void what_is_refused_for_good_is_a_dead_letter_with_a_reason_of_the_vocabulary() {
        // Given
        email.play(address, delivery -> answer(new Refused(FailureKind.REJECTED, "no such mailbox")));

        // When
        pipeline.submit(command);

        // Then
        var dead = pipeline.awaitStatus(command, Status.DEAD_LETTERED);
        assertThat(dead.deliveries().get(0).reason()).isEqualTo("PROVIDER_ERROR");
        assertThat(dead.deliveries().get(0).detail()).isEqualTo("no such mailbox");
        assertThat(attempts(dead))
                .extracting(NotificationView.AttemptView::outcome, NotificationView.AttemptView::failure)
                .containsExactly(tuple("dead", "REJECTED"));
    }

    @Test
    void what_fails_every_time_is_a_dead_letter_after_the_last_attempt() {
        // Given
        email.play(address, delivery -> answer(new RetryLater(FailureKind.PROVIDER_ERROR, "503", Duration.ZERO)));

        // When
        pipeline.submit(command);

        // Then
        var dead = pipeline.await(command, view -> {
            bell.ring(List.of("email"));
            return view.status() == Status.DEAD_LETTERED;
        });
        assertThat(attempts(dead)).hasSize(12);
        assertThat(attempts(dead))
                .extracting(NotificationView.AttemptView::number)
                .containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
        assertThat(dead.deliveries().get(0).reason()).isEqualTo("PROVIDER_ERROR");
    }

    @Test
    void a_provider_that_never_answers_does_not_keep_the_delivery() {
        // Given
        try (var stopped = clock.stop()) {
            email.play(
                    address,
                    delivery -> delivery.attempt() == 1 ? Uni.createFrom().nothing() : answer(new Sent("msg-2")));
            pipeline.submit(command);
            pipeline.awaitStatus(command, Status.SENDING);

            // When
            clock.advance(Duration.ofSeconds(28));

            // Then
            pipeline.awaitStatus(command, Status.RETRYING);

            // When
            clock.advance(Duration.ofSeconds(1));

            // Then
            var sent = pipeline.awaitStatus(command, Status.SENT);
            assertThat(attempts(sent))
                    .extracting(NotificationView.AttemptView::detail)
                    .containsExactly("TimeoutException", null);
        }
    }

    @Test
    void what_a_provider_says_is_written_down_even_if_it_is_nonsense() {
        // Given
        email.play(address, delivery -> answer(new Sent("msg\u0000\ud800")));

        // When
        pipeline.submit(command);

        // Then
        pipeline.awaitStatus(command, Status.SENT);
    }

    private static Uni<DeliveryOutcome> answer(DeliveryOutcome outcome) {
        return Uni.createFrom().item(outcome);
    }

    private static List<NotificationView.AttemptView> attempts(NotificationView view) {
        return view.deliveries().get(0).attempts();
    }
}
