package dev.carillon.delivery.dispatch;

import static dev.carillon.notification.Commands.on;
import static dev.carillon.notification.Commands.orderShipped;
import static dev.carillon.notification.TestPipeline.unique;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.delivery.DeliveryOutcome;
import dev.carillon.delivery.DeliveryOutcome.Sent;
import dev.carillon.delivery.LeasedDelivery;
import dev.carillon.delivery.email.EmailScripts;
import dev.carillon.notification.NotificationCommand;
import dev.carillon.notification.TestPipeline;
import dev.carillon.notification.tracking.NotificationView;
import dev.carillon.notification.tracking.Status;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is accepted and due is sent from memory: its token is not that of a claim. */
@QuarkusTest
class DirectDispatchTest {

    private static final Duration DEADLINE = Duration.ofSeconds(30);

    @Inject
    TestPipeline pipeline;

    @Inject
    EmailScripts email;

    @Inject
    MeterRegistry meters;

    private final String tenant = unique("direct");
    private final String address = unique("dora") + "@example.com";

    @BeforeEach
    void aCustomerWithAnEmailAddress() {
        pipeline.customer(tenant, "dora", address, null);
    }

    @Test
    void what_is_due_at_once_is_sent_once_and_without_a_claim() {
        // Given
        var before = unclaimed();

        // When
        var command = unclaimed(leased -> Uni.createFrom().item(new Sent("msg-1")));

        // Then
        var sent = pipeline.awaitStatus(command, Status.SENT);
        assertThat(sent.deliveries()).hasSize(1);
        assertThat(sent.deliveries().get(0).attempts())
                .extracting(NotificationView.AttemptView::outcome)
                .containsExactly("sent");
        assertThat(unclaimed()).isGreaterThan(before);
    }

    @Test
    void what_the_provider_gets_is_what_was_decided() {
        // When
        var command = unclaimed(leased -> Uni.createFrom().item(new Sent("msg-1")));

        // Then
        var leased = email.received(address).stream()
                .filter(one -> one.delivery().notificationId().equals(command.trackingId()))
                .toList();
        assertThat(leased).hasSize(1);
        assertThat(leased.get(0).attempt()).isEqualTo(1);
        assertThat(leased.get(0).delivery().text()).isNotBlank();
        assertThat(pipeline.awaitStatus(command, Status.SENT).deliveries()).hasSize(1);
    }

    @Test
    void it_is_being_sent_until_the_provider_has_answered() {
        // Given
        var answer = new CompletableFuture<DeliveryOutcome>();

        // When
        var command = unclaimed(leased -> Uni.createFrom().completionStage(answer));

        // Then
        pipeline.awaitStatus(command, Status.SENDING);
        answer.complete(new Sent("msg-1"));
        pipeline.awaitStatus(command, Status.SENT);
    }

    /** Others of the same process may have something waiting for a moment: then it is claimed, and another one is tried. */
    private NotificationCommand unclaimed(Function<LeasedDelivery, Uni<DeliveryOutcome>> script) {
        email.play(
                address,
                leased -> leased.token() == 0
                        ? script.apply(leased)
                        : Uni.createFrom().item(new Sent("other")));
        return await().atMost(DEADLINE)
                .until(
                        () -> {
                            var command = on(orderShipped(tenant, "dora"), "email");
                            pipeline.submit(command);
                            return command;
                        },
                        command -> await().atMost(DEADLINE)
                                        .until(
                                                () -> email.received(address).stream()
                                                        .filter(one -> one.delivery()
                                                                .notificationId()
                                                                .equals(command.trackingId()))
                                                        .findFirst(),
                                                Optional::isPresent)
                                        .orElseThrow()
                                        .token()
                                == 0);
    }

    private double unclaimed() {
        return meters.get("carillon.deliveries.unclaimed")
                .tag("channel", "email")
                .counter()
                .count();
    }
}
