package dev.carillon.eventsourced.intake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.carillon.eventsourced.event.EventEnvelope;
import dev.carillon.eventsourced.event.EventSchema;
import dev.carillon.eventsourced.event.EventSchemas;
import dev.carillon.platform.json.Json;
import dev.carillon.platform.rest.Problem.FieldError;
import dev.carillon.platform.value.Blank;
import io.cloudevents.CloudEvent;
import io.cloudevents.jackson.JsonFormat;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads CloudEvents 1.0 in their JSON form; binary mode was converted into it before. */
@ApplicationScoped
class CloudEvents {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addModule(JsonFormat.getCloudEventJacksonModule())
            .build();

    private static final String TIME = "time";
    private static final Set<String> KEPT = Set.of("dataschema", CloudEventAttributes.CONTENT_TYPE);

    private final EventSchemas schemas;
    private final CustomerFacts customers;
    private final Json json;

    CloudEvents(EventSchemas schemas, CustomerFacts customers, Json json) {
        this.schemas = schemas;
        this.customers = customers;
        this.json = json;
    }

    ReadEvent read(JsonNode item, RequestContext arrival) {
        if (!(item instanceof ObjectNode sent)) {
            return new ReadEvent.InvalidEvent(List.of(new FieldError("must be an object", "")));
        }
        var check = new FieldCheck(sent);
        CloudEventAttributes.check(sent, check);
        var data = CloudEventData.of(sent, json, check);
        var type = sent.path("type").asText();
        var schema = schemas.named(type);
        if (check.passed() && data.content() != null && !data.isNull() && schema.isPresent()) {
            check.add(data.name(), "must be an object");
        }
        if (check.passed()) {
            schema.ifPresent(known -> check.fits(
                    known, data.object(), data.name(), sent.path("subject").textValue()));
        }
        if (check.passed()) {
            check.in(data.name(), customers.wrongIn(type, json.map(data.object()), Map.of(), arrival));
        }
        return check.passed()
                ? new ReadEvent.ValidEvent(envelope(event(sent), sent, data, schema.orElse(null), arrival))
                : check.unfit();
    }

    /** Attributes are checked by now, and data is read apart: it may be of any type. */
    private static CloudEvent event(ObjectNode sent) {
        try {
            var attributes = sent.deepCopy();
            attributes.remove(List.of(CloudEventAttributes.DATA, CloudEventAttributes.DATA_BASE64));
            if (attributes.path(TIME).isTextual()) {
                attributes.put(TIME, Blank.stripped(attributes.path(TIME).textValue()));
            }
            attributes.removeNulls(); // in the JSON format null means absent
            return MAPPER.treeToValue(attributes, CloudEvent.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("checked attributes make an event", e);
        }
    }

    private EventEnvelope envelope(
            CloudEvent event,
            ObjectNode sent,
            CloudEventData data,
            @Nullable EventSchema schema,
            RequestContext arrival) {
        var subject =
                event.getSubject() != null || schema == null ? event.getSubject() : schema.subjectIn(data.object());
        Instant time = event.getTime() == null ? arrival.at() : event.getTime().toInstant();
        return new EventEnvelope(
                arrival.tenant(),
                event.getId(),
                event.getSource().toString(),
                event.getType(),
                subject,
                time,
                json.map(data.object()),
                Map.of(),
                data.content(),
                extensions(sent, arrival.traceparent()));
    }

    /** The attributes without a column of their own in the journal, each with its type. */
    private static Map<String, Object> extensions(ObjectNode sent, @Nullable String traceparent) {
        var extensions = new TreeMap<String, Object>();
        for (var field : sent.properties()) {
            var value = field.getValue();
            if (!value.isNull()
                    && (CloudEventAttributes.isExtension(field.getKey()) || KEPT.contains(field.getKey()))) {
                extensions.put(
                        field.getKey(),
                        value.isBoolean()
                                ? (Object) value.booleanValue()
                                : value.isInt() ? (Object) value.intValue() : value.asText());
            }
        }
        if (traceparent != null) {
            extensions.putIfAbsent("traceparent", traceparent);
        }
        return extensions;
    }
}
