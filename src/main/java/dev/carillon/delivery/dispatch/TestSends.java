package dev.carillon.delivery.dispatch;

import dev.carillon.delivery.Channel;
import dev.carillon.delivery.Delivery;
import dev.carillon.delivery.DeliveryOutcome;
import dev.carillon.delivery.DeliveryOutcome.NotTried;
import dev.carillon.delivery.DeliveryOutcome.Refused;
import dev.carillon.delivery.DeliveryOutcome.RetryLater;
import dev.carillon.delivery.DeliveryOutcome.Sent;
import dev.carillon.delivery.LeasedDelivery;
import dev.carillon.delivery.Route;
import dev.carillon.delivery.dispatch.ProviderSelection.ProviderChoice.Through;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Sends a message that is no notification, at once and once: a test. It goes the way of all others, through the provider that is chosen,
 * within its rate and only while its circuit lets it; what comes of it counts for the circuit.
 */
@ApplicationScoped
public class TestSends {

    private static final Duration WITHIN = Duration.ofSeconds(15);

    private final Map<String, Channel> channels;
    private final ProviderSelection selection;
    private final Clock clock;

    TestSends(@All List<Channel> channels, ProviderSelection selection, Clock clock) {
        this.channels = channels.stream().collect(Collectors.toMap(Channel::name, Function.identity()));
        this.selection = selection;
        this.clock = clock;
    }

    /**
     * What came of it.
     *
     * @param provider null when none was asked
     * @param detail   why it was not sent; null when it was
     */
    public record TestSent(
            boolean sent,
            @Nullable String provider,
            @Nullable String detail) {}

    public Uni<TestSent> send(Delivery delivery) {
        var channel = channels.get(delivery.channel());
        var leased = new LeasedDelivery(delivery, 1, 0, clock.instant(), WITHIN, null);
        if (channel == null) {
            return Uni.createFrom().item(new TestSent(false, null, "there is no such channel"));
        }
        if (selection.admits(channel, 1, () -> {}) == 0
                || !(selection.choose(channel, leased) instanceof Through through)) {
            return Uni.createFrom()
                    .item(new TestSent(
                            false,
                            null,
                            "the provider takes nothing now: its circuit is open, or its limit is reached"));
        }
        return sent(channel, through.route(), leased);
    }

    private Uni<TestSent> sent(Channel channel, Route route, LeasedDelivery leased) {
        return Uni.createFrom()
                .deferred(() -> route.gateway().send(leased))
                .ifNoItem()
                .after(WITHIN)
                .fail()
                .invoke(outcome -> selection.ended(channel, route, leased, outcome))
                .map(outcome -> new TestSent(outcome instanceof Sent, route.provider(), whyNot(outcome)))
                .onFailure()
                .recoverWithItem(failure -> new TestSent(
                        false,
                        route.provider(),
                        "the provider gave no answer: " + failure.getClass().getSimpleName()));
    }

    private static @Nullable String whyNot(DeliveryOutcome outcome) {
        if (outcome instanceof RetryLater later) {
            return later.detail();
        }
        if (outcome instanceof Refused refused) {
            return refused.detail();
        }
        return outcome instanceof NotTried not ? not.detail() : null;
    }
}
