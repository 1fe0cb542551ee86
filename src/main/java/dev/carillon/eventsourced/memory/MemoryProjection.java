package dev.carillon.eventsourced.memory;

import dev.carillon.eventsourced.event.CustomerEvent.CartItemAdded;
import dev.carillon.eventsourced.event.CustomerEvent.CartItemRemoved;
import dev.carillon.eventsourced.event.CustomerEvent.WishlistItemAdded;
import dev.carillon.eventsourced.event.CustomerEvent.WishlistItemRemoved;
import dev.carillon.eventsourced.event.DomainEvent;
import dev.carillon.eventsourced.event.EventTypes;
import dev.carillon.eventsourced.event.OrderingEvent.LineItemAdded;
import dev.carillon.eventsourced.event.OrderingEvent.LineItemCancelled;
import dev.carillon.eventsourced.event.OrderingEvent.OrderPlaced;
import dev.carillon.eventsourced.event.PricingEvent.PriceChanged;
import dev.carillon.eventsourced.event.PricingEvent.ProductListed;
import dev.carillon.eventsourced.journal.Projection;
import dev.carillon.eventsourced.journal.RecordedEvent;
import dev.carillon.eventsourced.memory.Memory.EntityKey;
import dev.carillon.eventsourced.memory.Memory.HolderKey;
import dev.carillon.eventsourced.memory.Remembering.OfEntity;
import dev.carillon.eventsourced.memory.Remembering.OfHolder;
import dev.carillon.platform.json.Json;
import dev.carillon.platform.lww.LatestFields;
import dev.carillon.platform.lww.Stamp;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Folds events into memory. It is the one place that says which event changes what. */
@ApplicationScoped
class MemoryProjection implements Projection {

    private static final String LINES = "lineItems";

    private final MemoryWriter memory;
    private final Json json;

    MemoryProjection(MemoryWriter memory, Json json) {
        this.memory = memory;
        this.json = json;
    }

    @Override
    public boolean isMemory() {
        return true;
    }

    @Override
    public Uni<Void> fold(Tx tx, List<RecordedEvent> events) {
        var things = new ArrayList<OfEntity>();
        var holders = new ArrayList<OfHolder>();
        for (var recorded : events) {
            EventTypes.named(recorded.event().type())
                    .map(type -> json.fromMap(recorded.event().data(), type))
                    .ifPresent(fact -> new EventFold(recorded, things, holders).by(fact));
        }
        return memory.entities(tx, things).chain(() -> memory.holders(tx, holders));
    }

    /** What one event changes in memory. */
    private final class EventFold {

        private final RecordedEvent recorded;
        private final List<OfEntity> things;
        private final List<OfHolder> holders;
        private final Stamp stamp;

        private EventFold(RecordedEvent recorded, List<OfEntity> things, List<OfHolder> holders) {
            this.recorded = recorded;
            this.things = things;
            this.holders = holders;
            this.stamp = recorded.stamp();
        }

        private void by(DomainEvent event) {
            if (event instanceof OrderPlaced placed) {
                thing(
                        Memory.ORDER,
                        placed.orderId(),
                        Map.of(
                                "id",
                                placed.orderId(),
                                "customerId",
                                placed.customerId(),
                                LINES,
                                json.asMap(placed).get(LINES)));
            } else if (event instanceof LineItemAdded added) {
                thing(
                        Memory.ORDER,
                        added.orderId(),
                        known -> known.withItem(LINES, added.lineItem().id(), json.asMap(added.lineItem()), stamp));
            } else if (event instanceof LineItemCancelled cancelled) {
                thing(
                        Memory.ORDER,
                        cancelled.orderId(),
                        known -> known.withItem(LINES, cancelled.lineItemId(), null, stamp));
            } else if (event instanceof ProductListed listed) {
                product(listed.productId(), listed.productName(), listed.price(), listed.currency());
            } else if (event instanceof PriceChanged changed) {
                product(changed.productId(), changed.productName(), changed.newPrice(), changed.currency());
            } else if (event instanceof CartItemAdded added) {
                holder(Memory.CART, added.productId(), added.customerId(), true);
            } else if (event instanceof CartItemRemoved removed) {
                holder(Memory.CART, removed.productId(), removed.customerId(), false);
            } else if (event instanceof WishlistItemAdded added) {
                holder(Memory.WISHLIST, added.productId(), added.customerId(), true);
            } else if (event instanceof WishlistItemRemoved removed) {
                holder(Memory.WISHLIST, removed.productId(), removed.customerId(), false);
            }
        }

        private void product(String id, String name, Object price, String currency) {
            thing(Memory.PRODUCT, id, Map.of("id", id, "name", name, "price", price, "currency", currency));
        }

        private void thing(String kind, String id, Map<String, Object> said) {
            thing(kind, id, known -> known.with(said, stamp));
        }

        private void thing(String kind, String id, UnaryOperator<LatestFields> said) {
            things.add(new OfEntity(new EntityKey(recorded.event().tenant(), kind, id), recorded.position(), said));
        }

        private void holder(String relation, String object, String customerId, boolean present) {
            holders.add(new OfHolder(
                    new HolderKey(recorded.event().tenant(), relation, object),
                    customerId,
                    recorded.position(),
                    present,
                    stamp));
        }
    }
}
