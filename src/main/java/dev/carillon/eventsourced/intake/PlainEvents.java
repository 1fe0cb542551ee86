package dev.carillon.eventsourced.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.carillon.eventsourced.event.EventEnvelope;
import dev.carillon.eventsourced.event.EventSchema;
import dev.carillon.eventsourced.event.EventSchemas;
import dev.carillon.platform.json.Json;
import dev.carillon.platform.rest.Problem.FieldError;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads plain events: {@code user_id}, {@code event_type}, {@code event_timestamp}, {@code properties}, {@code
 * user_traits}, and {@code event_id} for a sender that wants duplicates to be recognised.
 */
@ApplicationScoped
class PlainEvents {

    static final String SOURCE = "/api/v1/events";

    private static final String USER = "user_id";
    private static final String ID = "event_id";
    private static final String TYPE = "event_type";
    private static final String TIME = "event_timestamp";
    private static final String DATA = "properties";
    private static final String TRAITS = "user_traits";
    private static final int MAX_TEXT = 200;
    private static final Set<String> MEMBERS = Set.of(USER, ID, TYPE, TIME, DATA, TRAITS);

    private final EventSchemas schemas;
    private final CustomerFacts customers;
    private final Json json;

    PlainEvents(EventSchemas schemas, CustomerFacts customers, Json json) {
        this.schemas = schemas;
        this.customers = customers;
        this.json = json;
    }

    ReadEvent read(JsonNode item, RequestContext arrival, int index) {
        if (!(item instanceof ObjectNode fields)) {
            return new ReadEvent.InvalidEvent(List.of(new FieldError("must be an object", "")));
        }
        var check = new FieldCheck(fields);
        var type = check.text(TYPE, MAX_TEXT, true);
        var schema = type == null ? Optional.<EventSchema>empty() : schemas.named(type);
        var user = check.customer(USER, schema.map(EventSchema::hasSubject).orElse(true)); // a price is about nobody
        var id = check.text(ID, MAX_TEXT, false);
        var time = check.time(TIME, true);
        var data = check.object(DATA);
        var traits = check.object(TRAITS);
        check.only(MEMBERS);
        if (check.passed()) {
            schema.ifPresent(known -> check.fits(known, data, DATA, user));
            check.in(TRAITS, customers.wrongInTraits(json.map(traits), user, arrival));
        }
        if (check.passed()) {
            check.in(DATA, customers.wrongIn(Objects.requireNonNull(type), json.map(data), json.map(traits), arrival));
        }
        return !check.passed()
                ? check.unfit()
                : new ReadEvent.ValidEvent(new EventEnvelope(
                        arrival.tenant(),
                        id == null ? arrival.work().id(index) : id,
                        SOURCE,
                        Objects.requireNonNull(type),
                        user,
                        Objects.requireNonNull(time),
                        json.map(data),
                        json.map(traits),
                        trace(arrival.traceparent())));
    }

    private static Map<String, String> trace(@Nullable String traceparent) {
        return traceparent == null ? Map.of() : Map.of("traceparent", traceparent);
    }
}
