package dev.carillon.eventsourced.event;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An event with its CloudEvents attributes, as the journal stores it.
 *
 * @param id         with {@code source} unique within the tenant: the same again is a duplicate
 * @param source     who says so, such as {@code /bss/OrderingService}
 * @param subject    the customer, where the fact is about one
 * @param occurredAt when it happened, as its sender says; the journal adds when it was recorded, and what counts of the two
 * @param data       the fact itself: maps, lists, strings, numbers, booleans
 * @param traits     what the sender says of the subject besides, such as an email address: it becomes part of what is known of the customer
 * @param content    what the sender sent for data, where that is no JSON object and data is empty; else null
 * @param extensions traceparent, correlationid, causationid, partitionkey, and what else CloudEvents attributes say: texts, integers, booleans
 */
public record EventEnvelope(
        String tenant,
        String id,
        String source,
        String type,
        @Nullable String subject,
        Instant occurredAt,
        Map<String, Object> data,
        Map<String, Object> traits,
        @Nullable OpaqueData content,
        Map<String, ?> extensions) {

    public EventEnvelope {
        data = Collections.unmodifiableMap(new LinkedHashMap<>(data)); // not Map.copyOf: JSON has nulls
        traits = Collections.unmodifiableMap(new LinkedHashMap<>(traits));
        extensions = Map.copyOf(extensions);
    }

    /** An envelope whose data is an object, or nothing. */
    public EventEnvelope(
            String tenant,
            String id,
            String source,
            String type,
            @Nullable String subject,
            Instant occurredAt,
            Map<String, Object> data,
            Map<String, Object> traits,
            Map<String, ?> extensions) {
        this(tenant, id, source, type, subject, occurredAt, data, traits, null, extensions);
    }

    /** An extension that is a text; null for any other, and for none. */
    public @Nullable String extension(String name) {
        return extensions.get(name) instanceof String text ? text : null;
    }

    /**
     * Events of one partition are answered in order. It is what their senders say ({@code partitionkey}), or the customer,
     * or the product they are about; of the tenant's own. Two that share a number by chance only wait for each other.
     *
     * @param aboutCustomer whether the subject is a customer: that of a price is whoever sends it
     * @return null for an event that waits for no other
     */
    public @Nullable Integer partition(boolean aboutCustomer) {
        var key = extension("partitionkey");
        if (key == null && aboutCustomer) {
            key = subject;
        }
        if (key == null && data.get("productId") instanceof String product) {
            key = product;
        }
        return key == null ? null : Objects.hash(tenant, key);
    }

    /** Where it is published. */
    public String address() {
        return EventTypes.addressOf(type);
    }
}
