package dev.carillon.eventsourced.event;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import dev.carillon.platform.rest.Pointers;
import dev.carillon.platform.value.Kind;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The JSON Schema 2020-12 of one event type's data. Fields it does not name are allowed, unless it says otherwise. */
public final class EventSchema {

    /**
     * Keyword of ours: the field of the data that names the customer, where one does; {@code none} for facts that are not
     * about one customer, such as a price.
     */
    static final String SUBJECT = "x-subject";

    private static final String NONE = "none";
    private static final Set<String> ON_A_CUSTOMER =
            Set.of("customer.customer-updated", "customer.preferences-changed");

    /** A schema violation: {@code pointer} is an RFC 6901 JSON pointer into the data. */
    public record SchemaViolation(String pointer, String message) {}

    private final String type;
    private final Schema schema;

    EventSchema(String type, Schema schema) {
        this.type = type;
        this.schema = schema;
    }

    public String type() {
        return type;
    }

    /** A name for people; the type itself where the schema gives none. */
    public String title() {
        return json().path("title").asText(type);
    }

    public String description() {
        return json().path("description").asText("");
    }

    /** Whether every event of this type is about one customer. */
    public boolean hasSubject() {
        return !NONE.equals(subjectField());
    }

    /** The customer the data names; null where it names none. */
    public @Nullable String subjectIn(JsonNode data) {
        return hasSubject() ? data.path(subjectField()).textValue() : null;
    }

    /** Which field of the data names the customer; {@code none} where none does. */
    public String subjectField() {
        return json().path(SUBJECT).asText();
    }

    /**
     * The error in an event that states something about a customer and names another one in its data: it must be clear
     * whose preferences they are. In other events the subject is the customer, whoever else the data names.
     */
    public Optional<SchemaViolation> contradiction(JsonNode data, @Nullable String subject) {
        var named = subjectIn(data);
        return !ON_A_CUSTOMER.contains(type) || subject == null || named == null || named.equals(subject)
                ? Optional.empty()
                : Optional.of(new SchemaViolation(
                        Pointers.step(json().path(SUBJECT).asText()), "must be the customer that the event is about"));
    }

    /** The schema as it is written; not to be changed. */
    public JsonNode json() {
        return schema.getSchemaNode();
    }

    /** Empty for data that fits; a null or a blank text in a field that need not be there counts as none. */
    public List<SchemaViolation> violations(JsonNode data) {
        var errors = schema.validate(OptionalBlanks.without(data, json()));
        var ofKinds = errors.stream()
                .filter(EventSchema::isOfKind)
                .map(EventSchema::placeOf)
                .collect(Collectors.toSet());
        return errors.stream()
                .filter(error -> isOfKind(error) || !ofKinds.contains(placeOf(error)))
                .map(this::violation)
                .distinct()
                .toList();
    }

    private static boolean isOfKind(Error error) {
        return KindKeyword.NAME.equals(error.getKeyword());
    }

    private static String placeOf(Error error) {
        return error.getInstanceLocation().toString();
    }

    /** The schema that the keyword stands in; nothing for one that is not in this document. */
    private JsonNode around(Error error) {
        var keyword = error.getSchemaLocation().getFragment().toString();
        return keyword.startsWith("/") ? json().at(JsonPointer.compile(keyword).head()) : MissingNode.getInstance();
    }

    private SchemaViolation violation(Error error) {
        var at = placeOf(error);
        return switch (error.getKeyword()) {
            case "required" -> new SchemaViolation(at + Pointers.step(error.getProperty()), "is required");
            case KindKeyword.NAME ->
                new SchemaViolation(
                        at,
                        KindKeyword.wrongWith(
                                error.getInstanceNode(),
                                Kind.of(error.getSchemaNode().textValue()).orElseThrow()));
            case "additionalProperties", "unevaluatedProperties" ->
                new SchemaViolation(at + Pointers.step(error.getProperty()), SchemaMessages.of(error, around(error)));
            default -> new SchemaViolation(at, SchemaMessages.of(error, around(error)));
        };
    }
}
