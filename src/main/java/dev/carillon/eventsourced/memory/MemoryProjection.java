package dev.carillon.eventsourced.memory;

import dev.carillon.eventsourced.event.CustomerEvent.CartItemAdded;
import dev.carillon.eventsourced.event.CustomerEvent.CartItemRemoved;
import dev.carillon.eventsourced.event.CustomerEvent.CustomerUpdated;
import dev.carillon.eventsourced.event.CustomerEvent.PreferencesChanged;
import dev.carillon.eventsourced.event.CustomerEvent.WishlistItemAdded;
import dev.carillon.eventsourced.event.CustomerEvent.WishlistItemRemoved;
import dev.carillon.eventsourced.event.DomainEvent;
import dev.carillon.eventsourced.event.EventTypes;
import dev.carillon.eventsourced.event.OrderingEvent.OrderPlaced;
import dev.carillon.eventsourced.event.PricingEvent.PriceChanged;
import dev.carillon.eventsourced.event.PricingEvent.ProductListed;
import dev.carillon.eventsourced.journal.Projection;
import dev.carillon.eventsourced.journal.RecordedEvent;
import dev.carillon.notification.preference.Preferences;
import dev.carillon.notification.preference.PreferencesAsOf;
import dev.carillon.notification.recipient.Contact;
import dev.carillon.notification.recipient.RecipientDirectory;
import dev.carillon.platform.json.Json;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.List;
import java.util.Map;

/** Folds events into memory: which fact changes what is remembered, in one place. */
@ApplicationScoped
class MemoryProjection implements Projection {

    private final PgMemory store;
    private final RecipientDirectory recipients;
    private final Json json;

    MemoryProjection(PgMemory store, RecipientDirectory recipients, Json json) {
        this.store = store;
        this.recipients = recipients;
        this.json = json;
    }

    @Override
    public Uni<Void> fold(Tx tx, List<RecordedEvent> events) {
        var change = new MemoryChange();
        for (var recorded : events) {
            EventTypes.named(recorded.event().type()).ifPresent(type ->
                    remember(change.by(recorded.event()), json.fromMap(recorded.event().data(), type)));
        }
        return store.upsertEntities(tx, change.entities())
                .chain(() -> store.upsertRelations(tx, change.relations()))
                .chain(() -> recipients.keep(tx, change.contacts()))
                .chain(() -> recipients.keepPreferences(tx, change.preferences()));
    }

    private void remember(MemoryChange.By by, DomainEvent event) {
        if (event instanceof OrderPlaced placed) {
            by.entity(Memory.ORDER, placed.orderId(), Map.of("id", placed.orderId(), "customerId", placed.customerId(),
                    "lineItems", json.asMap(placed).get("lineItems")));
        } else if (event instanceof ProductListed listed) {
            by.entity(Memory.PRODUCT, listed.productId(), product(listed.productId(), listed.productName(), listed.price(), listed.currency()));
        } else if (event instanceof PriceChanged changed) {
            by.entity(Memory.PRODUCT, changed.productId(), product(changed.productId(), changed.productName(), changed.newPrice(), changed.currency()));
        } else if (event instanceof CartItemAdded added) {
            by.relation(Memory.CART, added.productId(), added.customerId(), true);
        } else if (event instanceof CartItemRemoved removed) {
            by.relation(Memory.CART, removed.productId(), removed.customerId(), false);
        } else if (event instanceof WishlistItemAdded added) {
            by.relation(Memory.WISHLIST, added.productId(), added.customerId(), true);
        } else if (event instanceof WishlistItemRemoved removed) {
            by.relation(Memory.WISHLIST, removed.productId(), removed.customerId(), false);
        } else if (event instanceof CustomerUpdated updated) {
            by.contact(new Contact(by.tenant(), updated.customerId(), updated.name(), updated.email(), updated.phone(), updated.segment(),
                    Map.of(), by.asOf()));
        } else if (event instanceof PreferencesChanged changed) {
            by.preferences(new PreferencesAsOf(by.tenant(), changed.customerId(),
                    new Preferences(changed.preferences(), Map.of(), Map.of(), 0), by.asOf()));
        }
    }

    private static Map<String, Object> product(String id, String name, Object price, String currency) {
        return Map.of("id", id, "name", name, "price", price, "currency", currency);
    }
}
