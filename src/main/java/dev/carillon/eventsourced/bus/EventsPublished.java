package dev.carillon.eventsourced.bus;

import dev.carillon.eventsourced.event.EventEnvelope;
import java.util.List;

/** The message on a domain's address: what one commit recorded. It is only the doorbell; the journal is the truth. */
public record EventsPublished(List<EventEnvelope> events) {

    public EventsPublished {
        events = List.copyOf(events);
    }

    /** Whether something of this tenant was recorded. */
    public boolean isOf(String tenant) {
        return events.stream().anyMatch(event -> event.tenant().equals(tenant));
    }
}
