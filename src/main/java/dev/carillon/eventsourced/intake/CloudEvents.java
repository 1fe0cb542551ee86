package dev.carillon.eventsourced.intake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.carillon.eventsourced.event.EventEnvelope;
import dev.carillon.eventsourced.event.EventSchema;
import dev.carillon.eventsourced.event.EventSchemas;
import dev.carillon.platform.json.Json;
import dev.carillon.platform.problem.Problem.FieldError;
import io.cloudevents.CloudEvent;
import io.cloudevents.jackson.JsonCloudEventData;
import io.cloudevents.jackson.JsonFormat;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** CloudEvents 1.0, in their JSON form; what came in binary mode has been brought into it. */
@ApplicationScoped
class CloudEvents {

    private static final JsonMapper MAPPER = JsonMapper.builder().addModule(JsonFormat.getCloudEventJacksonModule()).build();

    private final EventSchemas schemas;
    private final Json json;

    CloudEvents(EventSchemas schemas, Json json) {
        this.schemas = schemas;
        this.json = json;
    }

    Reading read(JsonNode item, Arrival arrival) {
        if (!(item instanceof ObjectNode sent)) {
            return new Reading.Unfit(List.of(new FieldError("must be an object", "")));
        }
        var check = new FieldCheck(sent);
        CloudEventAttributes.check(sent, check);
        var event = check.passed() ? event(sent, check) : null;
        var data = event == null ? null : data(event, sent, check);
        if (event == null || data == null) {
            return check.unfit();
        }
        var schema = schemas.named(event.getType());
        schema.ifPresent(known -> check.fits(known, data, CloudEventAttributes.DATA));
        return check.passed() ? new Reading.Fit(envelope(event, data, schema.orElse(null), arrival)) : check.unfit();
    }

    /** Attributes are checked by now: what may still be wrong is how the data is put. */
    private static @Nullable CloudEvent event(ObjectNode sent, FieldCheck check) {
        try {
            var event = sent.deepCopy();
            event.removeNulls();                                  // in the JSON format null means absent
            return MAPPER.treeToValue(event, CloudEvent.class);
        } catch (JsonProcessingException e) {
            if (sent.has(CloudEventAttributes.DATA_BASE64)) {
                check.add(CloudEventAttributes.DATA_BASE64, sent.has(CloudEventAttributes.DATA) ? "must not stand beside data" : "must be base64");
            } else {
                check.add(CloudEventAttributes.DATA, "must be an object");
            }
            return null;
        }
    }

    private @Nullable ObjectNode data(CloudEvent event, ObjectNode sent, FieldCheck check) {
        if (event.getData() == null) {
            return sent.objectNode();
        }
        var name = sent.has(CloudEventAttributes.DATA_BASE64) ? CloudEventAttributes.DATA_BASE64 : CloudEventAttributes.DATA;
        try {
            var data = event.getData() instanceof JsonCloudEventData given ? given.getNode() : json.tree(event.getData().toBytes());
            if (data instanceof ObjectNode object) {
                if (Unstorable.in(object).isEmpty()) {            // what came in base64 was not looked into before
                    return object;
                }
                check.add(name, "must hold no NUL character, no half of a surrogate pair and no number beyond 64 bits");
                return null;
            }
            check.add(name, "must be an object");
        } catch (UncheckedIOException e) {
            check.add(name, "must be JSON");
        }
        return null;
    }

    private EventEnvelope envelope(CloudEvent event, ObjectNode data, @Nullable EventSchema schema, Arrival arrival) {
        var subject = event.getSubject() != null || schema == null ? event.getSubject() : schema.subjectIn(data);
        Instant time = event.getTime() == null ? arrival.at() : event.getTime().toInstant();
        return new EventEnvelope(arrival.tenant(), event.getId(), event.getSource().toString(), event.getType(), subject,
                time, json.map(data), Map.of(), extensions(event, arrival.traceparent()));
    }

    private static Map<String, String> extensions(CloudEvent event, @Nullable String traceparent) {
        var extensions = new TreeMap<String, String>();
        event.getExtensionNames().forEach(name -> extensions.put(name, String.valueOf(event.getExtension(name))));
        if (event.getDataSchema() != null) {
            extensions.put("dataschema", event.getDataSchema().toString());
        }
        if (traceparent != null) {
            extensions.putIfAbsent("traceparent", traceparent);
        }
        return extensions;
    }
}
