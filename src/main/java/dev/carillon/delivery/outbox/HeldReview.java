package dev.carillon.delivery.outbox;

import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import java.util.List;

/** Evaluates deliveries as held ones are when they are due, and changes nothing. */
public interface HeldReview {

    /** What would happen to each now. */
    Uni<List<ReleaseDecision>> review(Tx tx, List<HeldDelivery> deliveries);
}
