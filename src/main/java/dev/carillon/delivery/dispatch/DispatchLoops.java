package dev.carillon.delivery.dispatch;

import dev.carillon.delivery.Channel;
import dev.carillon.delivery.outbox.Outbox;
import dev.carillon.platform.batch.Pacing;
import io.quarkus.arc.All;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;

/** Creates one loop for every channel bean. */
@ApplicationScoped
class DispatchLoops {

    private static final Duration SHORTEST_LEASE = Duration.ofSeconds(1);

    private final List<DispatchLoop> loops;

    DispatchLoops(
            @All List<Channel> channels,
            Outbox outbox,
            Sender sender,
            ProviderSelection selection,
            DispatchSettings settings,
            Pacing pacing) {
        if (settings.lease().compareTo(SHORTEST_LEASE) < 0) {
            throw new ConfigurationException(
                    "carillon.dispatch.lease=" + settings.lease() + " is shorter than " + SHORTEST_LEASE);
        }
        this.loops = channels.stream()
                .map(channel -> new DispatchLoop(
                        channel, outbox, sender, selection, settings, pacing.pace(), pacing.pace(Duration.ZERO)))
                .toList();
    }

    List<DispatchLoop> all() {
        return loops;
    }
}
