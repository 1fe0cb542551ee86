package dev.carillon.notification.erasure;

import dev.carillon.delivery.outbox.Outbox;
import dev.carillon.notification.decision.Reason;
import dev.carillon.platform.id.Ids;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/**
 * Erases a customer's notifications. Those not sent yet are withdrawn; of the others texts, addresses and facts are
 * removed. That a notification was sent, when, through which provider and why remains.
 */
@ApplicationScoped
class HistoryErasing implements Erasing {

    private static final int PORTION = 200;
    private static final byte[] HIGHEST = {-1, -1, -1, -1, -1, -1, -1, -1, -1, -1};
    /** How long transactions may still run that knew the customer. */
    private static final Duration AFTERMATH = Duration.ofMinutes(1);

    private static final String DETAIL = "the customer was erased";

    private final PgErasedHistory store;
    private final Outbox outbox;

    HistoryErasing(PgErasedHistory store, Outbox outbox) {
        this.store = store;
        this.outbox = outbox;
    }

    /** Newest first: that is where something waits. */
    @Override
    public Uni<ErasedPortion> erase(Tx tx, Erasure erasure, String after) {
        var aftermath = erasure.askedAt().plus(AFTERMATH);
        var before = after.isEmpty() ? Ids.of(aftermath, HIGHEST) : after;
        return store.forgetCap(tx, erasure, aftermath)
                .chain(() -> store.page(tx, erasure, before, PORTION))
                .chain(page -> page.isEmpty()
                        ? Uni.createFrom().item(ErasedPortion.DONE)
                        : outbox.erase(tx, page, Reason.CANCELLED.name(), DETAIL)
                                .call(() -> store.forgetThrottles(tx, erasure, page))
                                .call(() -> store.forgetKeysAndFacts(tx, erasure.tenant(), page))
                                .map(onTheirWay -> new ErasedPortion(
                                        page.size() < PORTION ? null : page.get(page.size() - 1), onTheirWay > 0)));
    }
}
