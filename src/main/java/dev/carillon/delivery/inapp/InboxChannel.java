package dev.carillon.delivery.inapp;

import dev.carillon.delivery.Channel;
import dev.carillon.delivery.DeliveryOutcome;
import dev.carillon.delivery.DeliveryOutcome.Refused;
import dev.carillon.delivery.DeliveryOutcome.Sent;
import dev.carillon.delivery.FailureKind;
import dev.carillon.delivery.LeasedDelivery;
import dev.carillon.delivery.Route;
import dev.carillon.platform.batch.MicroBatcher;
import dev.carillon.platform.batch.Pacing;
import dev.carillon.platform.sql.PgFailures;
import dev.carillon.platform.sql.Transactions;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The inbox in the app; the address is the customer's id. No provider is involved, so a message is in the inbox exactly
 * once, however often it is tried.
 */
@Singleton
class InboxChannel implements Channel {

    static final String NAME = "inbox";

    private static final MicroBatcher.Bounds BOUNDS =
            new MicroBatcher.Bounds(500, 2, Integer.MAX_VALUE); // bounded by the dispatch places

    private final PgInboxArrivals store;
    private final Transactions transactions;
    private final Clock clock;
    private final MicroBatcher<LeasedDelivery, DeliveryOutcome> batcher;
    private final Route inside = new Route(NAME, this::send);

    InboxChannel(PgInboxArrivals store, Transactions transactions, Clock clock, Pacing pacing) {
        this.store = store;
        this.transactions = transactions;
        this.clock = clock;
        this.batcher = new MicroBatcher<>(BOUNDS, pacing.pace(), PgFailures::liesInTheData, this::commit);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String provider() {
        return NAME;
    }

    @Override
    public boolean reachesByCustomerId() {
        return true;
    }

    /** The inbox itself: nothing leaves the service. */
    @Override
    public Route backtestRoute() {
        return inside;
    }

    @Override
    public Uni<DeliveryOutcome> send(LeasedDelivery leased) {
        return batcher.submit(leased);
    }

    private Uni<List<DeliveryOutcome>> commit(List<LeasedDelivery> leased) {
        var deliveries = leased.stream().map(LeasedDelivery::delivery).toList();
        return transactions
                .inTransaction(tx -> store.arrive(tx, deliveries, clock.instant()))
                .map(arrived -> IntStream.range(0, deliveries.size())
                        .<DeliveryOutcome>mapToObj(n -> arrived.contains(n)
                                ? new Sent("inbox-" + deliveries.get(n).id())
                                : new Refused(FailureKind.REJECTED, "the customer no longer exists"))
                        .toList());
    }
}
