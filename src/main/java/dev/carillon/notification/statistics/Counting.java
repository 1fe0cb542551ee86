package dev.carillon.notification.statistics;

import dev.carillon.delivery.DeliveryListener.Moved;
import dev.carillon.delivery.DeliveryTransactionListener;
import dev.carillon.delivery.FailureKind;
import dev.carillon.notification.decision.Reason;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Counts what becomes of deliveries in the transaction that changes them, so counts and rows always match. It writes a
 * few rows for each batch, however many deliveries the batch holds. Decisions are counted as they are written ({@link
 * PgTallies}).
 */
@ApplicationScoped
public class Counting implements DeliveryTransactionListener {

    private final PgStatistics store;
    private final Clock clock;

    Counting(PgStatistics store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    @Override
    public Uni<Void> moving(Tx tx, List<Moved> moved) {
        var now = clock.instant();
        var counts = moved.stream()
                .filter(one -> one.type() != null)
                .map(one -> tally(one, one.type(), now))
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        return counts.isEmpty() ? Uni.createFrom().voidItem() : store.append(tx, counts);
    }

    private static Tally tally(Moved moved, String type, Instant now) {
        return new Tally(
                moved.tenant(), now, type, moved.channel(), moved.provider(), status(moved.outcome()), reason(moved));
    }

    private static String status(String outcome) {
        return switch (outcome) {
            case "retry" -> "retried";
            case "dead" -> "dead-lettered";
            default -> outcome; // sent, expired, and what providers report
        };
    }

    private static String reason(Moved moved) {
        return switch (moved.outcome()) {
            case "dead" ->
                moved.failure() == null
                        ? ""
                        : Reason.of(FailureKind.valueOf(moved.failure())).name();
            case "expired" -> Reason.EXPIRED.name();
            default -> "";
        };
    }
}
