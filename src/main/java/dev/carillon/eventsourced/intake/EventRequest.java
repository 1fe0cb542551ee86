package dev.carillon.eventsourced.intake;

import com.fasterxml.jackson.databind.JsonMappingException;
import dev.carillon.eventsourced.event.DomainEvent;
import dev.carillon.eventsourced.event.EventEnvelope;
import dev.carillon.eventsourced.event.EventTypes;
import dev.carillon.platform.id.Ids;
import dev.carillon.platform.json.Json;
import dev.carillon.platform.problem.Problem.FieldError;
import org.jspecify.annotations.Nullable;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One event as it is sent: {@code user_id}, {@code event_type}, {@code event_timestamp}, {@code properties},
 * {@code user_traits}, and {@code event_id} for a sender that wants repeats to be recognised.
 */
record EventRequest(Map<String, Object> fields) {

    private static final String SOURCE = "/api/v1/events";
    private static final int MAX_TEXT = 200;

    /** What is wrong with it; empty when it can be taken. */
    List<FieldError> errors(Json json) {
        var errors = new ArrayList<FieldError>();
        text("user_id", true, errors);
        text("event_id", false, errors);
        var type = text("event_type", true, errors);
        time(errors);
        object("properties", errors);
        object("user_traits", errors);
        if (errors.isEmpty() && type != null) {
            EventTypes.named(type).ifPresent(known -> fits(known, json, errors));
        }
        return errors;
    }

    /** The fact it states; only for one without errors. */
    EventEnvelope envelope(String tenant, Ids ids, @Nullable String traceparent) {
        var id = fields.get("event_id");
        return new EventEnvelope(tenant, id == null ? ids.next() : (String) id, SOURCE, (String) fields.get("event_type"), (String) fields.get("user_id"),
                Instant.from(OffsetDateTime.parse((String) fields.get("event_timestamp"))), object("properties"), object("user_traits"),
                traceparent == null ? Map.of() : Map.of("traceparent", traceparent));
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> object(String name) {
        return fields.get(name) == null ? Map.of() : (Map<String, Object>) fields.get(name);
    }

    private void fits(Class<? extends DomainEvent> type, Json json, List<FieldError> errors) {
        EventTypes.required(type).stream().filter(field -> object("properties").get(field) == null)
                .forEach(field -> errors.add(new FieldError("is required", "/properties/" + field)));
        try {
            json.fromMap(object("properties"), type);
        } catch (IllegalArgumentException e) {
            errors.add(new FieldError("does not fit " + EventTypes.nameOf(type), e.getCause() instanceof JsonMappingException mapping
                    ? "/properties" + pointer(mapping) : "/properties"));
        }
    }

    private static String pointer(JsonMappingException e) {
        return e.getPath().stream().map(part -> "/" + (part.getFieldName() == null ? part.getIndex() : part.getFieldName())).collect(Collectors.joining());
    }

    private @Nullable String text(String name, boolean required, List<FieldError> errors) {
        var value = fields.get(name);
        if (value == null) {
            if (required) {
                errors.add(new FieldError("is required", "/" + name));
            }
            return null;
        }
        if (value instanceof String text && !text.isBlank() && text.length() <= MAX_TEXT && text.chars().noneMatch(Character::isISOControl)) {
            return text;
        }
        errors.add(new FieldError("must be a text of 1 to " + MAX_TEXT + " characters without control characters", "/" + name));
        return null;
    }

    private void time(List<FieldError> errors) {
        var value = text("event_timestamp", true, errors);
        if (value != null) {
            try {
                OffsetDateTime.parse(value);
            } catch (DateTimeException e) {
                errors.add(new FieldError("must be an ISO 8601 date and time with offset", "/event_timestamp"));
            }
        }
    }

    private void object(String name, List<FieldError> errors) {
        if (fields.get(name) != null && !(fields.get(name) instanceof Map)) {
            errors.add(new FieldError("must be an object", "/" + name));
        }
    }
}
