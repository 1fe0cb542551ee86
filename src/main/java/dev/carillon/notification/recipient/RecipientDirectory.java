package dev.carillon.notification.recipient;

import dev.carillon.notification.preference.PreferencesAsOf;
import dev.carillon.platform.journey.Journeys;
import dev.carillon.platform.journey.Step;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Everyone who can be told. Both doors keep it: one by customer events, the other by the customers API. */
@ApplicationScoped
public class RecipientDirectory {

    private final PgRecipients store;
    private final Journeys journeys;

    RecipientDirectory(PgRecipients store, Journeys journeys) {
        this.store = store;
        this.journeys = journeys;
    }

    /** Those of the asked who are known. */
    public Uni<Map<Recipient.Key, Recipient>> find(Tx tx, Collection<Recipient.Key> keys) {
        return keys.isEmpty() ? Uni.createFrom().item(Map.of()) : store.find(tx, List.copyOf(keys))
                .invoke(found -> keys.forEach(key -> journeys.step(key.tenant(), Step.Kind.LOOKUP_BY_SERVICE, "NotificationService", "Recipients",
                        "looked up contact and preferences", key::customerId)));
    }

    public Uni<Optional<Recipient>> find(Tx tx, String tenant, String customerId) {
        var key = new Recipient.Key(tenant, customerId);
        return store.find(tx, List.of(key)).map(found -> Optional.ofNullable(found.get(key)));
    }

    /** The ids of a segment's customers after {@code after}, in order. */
    public Uni<List<String>> segment(Tx tx, String tenant, String segment, String after, int limit) {
        return store.segment(tx, tenant, segment, after, limit);
    }

    /** Keeps contact details, each the latest by its time. */
    public Uni<Void> keep(Tx tx, List<Contact> contacts) {
        return contacts.isEmpty() ? Uni.createFrom().voidItem() : store.upsert(tx, contacts);
    }

    /** Keeps preferences, each the latest by its time. */
    public Uni<Void> keepPreferences(Tx tx, List<PreferencesAsOf> preferences) {
        return preferences.isEmpty() ? Uni.createFrom().voidItem() : store.upsertPreferences(tx, preferences);
    }
}
