package dev.carillon.notification.tracking;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;

/** Waits for a notification's result, for callers who need it in the answer. */
@ApplicationScoped
public class Outcomes {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(10);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(250);

    private final Tracking tracking;

    Outcomes(Tracking tracking) {
        this.tracking = tracking;
    }

    /** The notification once it is finished; empty if it is not within {@code within}, or will not be for a while. */
    public Uni<Optional<NotificationView>> await(String tenant, String trackingId, Duration within) {
        return await(tenant, trackingId, within, FIRST_PAUSE);
    }

    private Uni<Optional<NotificationView>> await(String tenant, String trackingId, Duration within, Duration pause) {
        return tracking.find(tenant, trackingId).chain(found -> {
            var status = found.map(NotificationView::status).orElse(Status.DEFERRED);
            if (status.isTerminal()) {
                return Uni.createFrom().item(found);
            }
            if (status == Status.DEFERRED || within.isZero()) {
                return Uni.createFrom().item(Optional.empty());
            }
            var now = pause.compareTo(within) < 0 ? pause : within;
            var next = pause.multipliedBy(2);
            return Uni.createFrom()
                    .voidItem()
                    .onItem()
                    .delayIt()
                    .by(now)
                    .chain(() -> await(
                            tenant,
                            trackingId,
                            within.minus(now),
                            next.compareTo(LONGEST_PAUSE) < 0 ? next : LONGEST_PAUSE));
        });
    }
}
