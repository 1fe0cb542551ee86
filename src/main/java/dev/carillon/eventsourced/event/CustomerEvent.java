package dev.carillon.eventsourced.event;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.jspecify.annotations.Nullable;

import java.util.Map;

/** What the customer team publishes: contact details, preferences, carts and wishlists. */
public sealed interface CustomerEvent extends DomainEvent {

    String customerId();

    @Override
    default String subject() {
        return customerId();
    }

    @RegisterForReflection
    record CustomerUpdated(String customerId, String name, @Nullable String email, @Nullable String phone, String segment)
            implements CustomerEvent {
    }

    /** {@code preferences}: category → channel → wanted. */
    @RegisterForReflection
    record PreferencesChanged(String customerId, Map<String, Map<String, Boolean>> preferences) implements CustomerEvent {
    }

    @RegisterForReflection
    record CartItemAdded(String customerId, String productId, int quantity) implements CustomerEvent {
    }

    @RegisterForReflection
    record CartItemRemoved(String customerId, String productId) implements CustomerEvent {
    }

    @RegisterForReflection
    record WishlistItemAdded(String customerId, String productId) implements CustomerEvent {
    }

    @RegisterForReflection
    record WishlistItemRemoved(String customerId, String productId) implements CustomerEvent {
    }
}
