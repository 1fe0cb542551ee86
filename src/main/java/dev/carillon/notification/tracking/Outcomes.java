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

    /** The notification once it is finished; empty if it is not within {@code patience}, or will not be for a while. */
    public Uni<Optional<NotificationView>> await(String tenant, String trackingId, Duration sendDeadlines) {
        return await(tenant, trackingId, sendDeadlines, FIRST_PAUSE);
    }

    private Uni<Optional<NotificationView>> await(
            String tenant, String trackingId, Duration sendDeadlines, Duration pause) {
        return tracking.find(tenant, trackingId).chain(found -> {
            var status = found.map(NotificationView::status).orElse(Status.DEFERRED);
            if (status.isTerminal()) {
                return Uni.createFrom().item(found);
            }
            if (status == Status.DEFERRED || sendDeadlines.isZero()) {
                return Uni.createFrom().item(Optional.empty());
            }
            var now = pause.compareTo(sendDeadlines) < 0 ? pause : sendDeadlines;
            var next = pause.multipliedBy(2);
            return Uni.createFrom()
                    .voidItem()
                    .onItem()
                    .delayIt()
                    .by(now)
                    .chain(() -> await(
                            tenant,
                            trackingId,
                            sendDeadlines.minus(now),
                            next.compareTo(LONGEST_PAUSE) < 0 ? next : LONGEST_PAUSE));
        });
    }
}
