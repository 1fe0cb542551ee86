package dev.carillon.delivery.outbox;

import dev.carillon.delivery.DeliverySettings;
import dev.carillon.delivery.LeasedDelivery;
import dev.carillon.delivery.outbox.PgRecipientLimits.LimitedDelivery;
import dev.carillon.delivery.outbox.PgRecipientLimits.RecipientAddress;
import dev.carillon.delivery.outbox.PgRecipientLimits.RecipientAllowance;
import dev.carillon.platform.jobs.Jobs;
import dev.carillon.platform.sql.Transactions;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Limits how many messages one address gets on one channel in a period. When a claim finds too many, the rest goes back
 * to the outbox until more are allowed. It counts attempts. It is off unless the channel has a limit, and then it runs
 * no SQL.
 */
@ApplicationScoped
class RecipientLimits {

    private static final int PORTION = 5_000;

    private final DeliverySettings settings;
    private final PgRecipientLimits store;
    private final Transactions transactions;
    private final Clock clock;

    RecipientLimits(DeliverySettings settings, PgRecipientLimits store, Transactions transactions, Clock clock) {
        this.settings = settings;
        this.store = store;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** Whether the channel has a limit. */
    boolean isSet(String channel) {
        var of = settings.channels().get(channel);
        return of != null && of.recipientLimit().messages().isPresent();
    }

    /** The claimed deliveries that may be sent. */
    Uni<ClaimedDeliveries> within(Tx tx, String channel, ClaimedDeliveries claimed) {
        if (!isSet(channel) || claimed.deliveries().isEmpty()) {
            return Uni.createFrom().item(claimed);
        }
        var limit = settings.channels().get(channel).recipientLimit();
        return store.count(
                        tx,
                        channel,
                        claimed.deliveries().stream()
                                .map(RecipientLimits::recipient)
                                .toList(),
                        limit.messages().get(),
                        clock.instant(),
                        limit.per())
                .chain(allowed -> {
                    var late = late(claimed.deliveries(), allowed, limit);
                    var going = new ArrayList<>(claimed.deliveries());
                    going.removeAll(late.stream().map(LimitedDelivery::leased).toList());
                    return store.putBack(tx, late)
                            .replaceWith(new ClaimedDeliveries(going, claimed.more(), claimed.held(), claimed.after()));
                });
    }

    void schedule(@Observes Jobs jobs) {
        jobs.job("recipient-limits").every("10m").after("2m").run(this::forget);
    }

    /** Deletes expired counts, portion by portion. */
    Uni<Void> forget() {
        return transactions.inPortions(PORTION, tx -> store.forget(tx, clock.instant(), PORTION));
    }

    /** Pure: the first so many of each recipient go. */
    static List<LimitedDelivery> late(
            List<LeasedDelivery> leased,
            Map<RecipientAddress, RecipientAllowance> allowed,
            DeliverySettings.RecipientLimit limit) {
        var gone = new HashMap<RecipientAddress, Integer>();
        var late = new ArrayList<LimitedDelivery>();
        for (var one : leased) {
            var allowance = allowed.get(recipient(one));
            if (allowance != null && gone.merge(recipient(one), 1, Integer::sum) > allowance.let()) {
                late.add(new LimitedDelivery(one, allowance.since().plus(limit.per())));
            }
        }
        return late;
    }

    private static RecipientAddress recipient(LeasedDelivery leased) {
        return new RecipientAddress(
                leased.delivery().tenant(), leased.delivery().recipient());
    }
}
