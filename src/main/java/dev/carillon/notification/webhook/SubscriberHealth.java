package dev.carillon.notification.webhook;

import dev.carillon.delivery.DeliveryOutcome;
import dev.carillon.delivery.DeliveryOutcome.Sent;
import dev.carillon.platform.sql.PgFailures;
import dev.carillon.platform.sql.Transactions;
import dev.carillon.platform.sql.Tx;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.function.Function;

/**
 * Records since when a subscriber has been failing, and disables one that is gone or has failed for long. It writes
 * only when that changes.
 */
@ApplicationScoped
class SubscriberHealth {

    private final PgSubscriptions store;
    private final Subscribers subscribers;
    private final Transactions transactions;
    private final WebhookSettings settings;
    private final Clock clock;

    SubscriberHealth(
            PgSubscriptions store,
            Subscribers subscribers,
            Transactions transactions,
            WebhookSettings settings,
            Clock clock) {
        this.store = store;
        this.subscribers = subscribers;
        this.transactions = transactions;
        this.settings = settings;
        this.clock = clock;
    }

    /** Never fails: what became of the call stands. */
    Uni<Void> after(Subscription subscription, DeliveryOutcome outcome, boolean gone) {
        var now = clock.instant();
        var since = subscription.failingSince();
        if (outcome instanceof Sent) {
            return since == null ? Uni.createFrom().voidItem() : changed(tx -> store.answers(tx, subscription.id()));
        }
        if (gone) {
            return disabled(subscription, "it answered 410 Gone");
        }
        if (since == null) {
            return changed(tx -> store.failing(tx, subscription.id(), now));
        }
        return now.isBefore(since.plus(settings.giveUpAfter()))
                ? Uni.createFrom().voidItem()
                : disabled(subscription, "it has accepted nothing since " + since);
    }

    private Uni<Void> disabled(Subscription subscription, String why) {
        Log.warnf(
                "webhook disabled; it gets no events until it is enabled again: webhook=%s tenant=%s why=%s",
                subscription.id(), subscription.tenant(), why);
        return changed(tx -> store.disable(tx, subscription.id(), why, clock.instant()));
    }

    private Uni<Void> changed(Function<Tx, Uni<Void>> change) {
        return transactions
                .inTransaction(change)
                .chain(subscribers::refresh)
                .onFailure()
                .invoke(failure -> Log.errorf(
                        "subscriber health was not recorded; the next call tries again: cause=%s",
                        PgFailures.nameOf(failure)))
                .onFailure()
                .recoverWithNull();
    }
}
