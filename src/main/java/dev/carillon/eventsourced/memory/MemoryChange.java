package dev.carillon.eventsourced.memory;

import dev.carillon.eventsourced.event.EventEnvelope;
import dev.carillon.notification.preference.PreferencesAsOf;
import dev.carillon.notification.recipient.Contact;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a batch of events changes in memory, gathered so that each table is written once. */
class MemoryChange {

    record Entity(String tenant, String kind, String id, Map<String, Object> data, Instant asOf, String eventId) {
    }

    record Relation(String tenant, String relation, String object, String customerId, boolean present, Instant asOf, String eventId) {
    }

    private final List<Entity> entities = new ArrayList<>();
    private final List<Relation> relations = new ArrayList<>();
    private final List<Contact> contacts = new ArrayList<>();
    private final List<PreferencesAsOf> preferences = new ArrayList<>();

    By by(EventEnvelope event) {
        return new By(event);
    }

    List<Entity> entities() {
        return entities;
    }

    List<Relation> relations() {
        return relations;
    }

    List<Contact> contacts() {
        return contacts;
    }

    List<PreferencesAsOf> preferences() {
        return preferences;
    }

    /** The changes one event makes. */
    class By {

        private final EventEnvelope event;

        private By(EventEnvelope event) {
            this.event = event;
        }

        String tenant() {
            return event.tenant();
        }

        Instant asOf() {
            return event.occurredAt();
        }

        void entity(String kind, String id, Map<String, Object> data) {
            entities.add(new Entity(tenant(), kind, id, data, asOf(), event.id()));
        }

        void relation(String relation, String object, String customerId, boolean present) {
            relations.add(new Relation(tenant(), relation, object, customerId, present, asOf(), event.id()));
        }

        void contact(Contact contact) {
            contacts.add(contact);
        }

        void preferences(PreferencesAsOf changed) {
            preferences.add(changed);
        }
    }
}
