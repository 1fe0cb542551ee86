package dev.carillon.eventsourced.bus;

import dev.carillon.eventsourced.event.DomainEvent;
import dev.carillon.eventsourced.event.EventEnvelope;
import dev.carillon.eventsourced.event.EventTypes;
import dev.carillon.platform.id.Ids;
import dev.carillon.platform.json.Json;
import dev.carillon.platform.telemetry.Traces;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;

/** Wraps facts in envelopes: id, time, source and trace. */
@ApplicationScoped
class Envelopes {

    private final Ids ids;
    private final Json json;
    private final Traces traces;

    Envelopes(Ids ids, Json json, Traces traces) {
        this.ids = ids;
        this.json = json;
        this.traces = traces;
    }

    List<EventEnvelope> of(String tenant, String team, List<? extends DomainEvent> events) {
        var traceparent = traces.current();
        Map<String, String> extensions = traceparent == null ? Map.of() : Map.of("traceparent", traceparent);
        return events.stream()
                .map(event -> {
                    var type = EventTypes.nameOf(event.getClass());
                    return new EventEnvelope(
                            tenant,
                            ids.next(),
                            "/bss/" + team,
                            type,
                            event.subject(),
                            ids.now(),
                            json.asMap(event),
                            Map.of(),
                            extensions);
                })
                .toList();
    }
}
