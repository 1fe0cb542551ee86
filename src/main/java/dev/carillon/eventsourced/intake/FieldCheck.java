package dev.carillon.eventsourced.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.carillon.eventsourced.event.EventSchema;
import dev.carillon.platform.body.Unstorable;
import dev.carillon.platform.id.GivenId;
import dev.carillon.platform.rest.Pointers;
import dev.carillon.platform.rest.Problem.FieldError;
import dev.carillon.platform.value.Blank;
import dev.carillon.platform.value.SentTime;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Checks the fields of one event and collects the errors. */
final class FieldCheck {

    /** A price list with a thousand wrong prices need not be answered with a thousand errors. */
    private static final int ENOUGH = 50;

    private static final Instant EARLIEST = Instant.EPOCH;
    private static final Instant TOO_LATE =
            Instant.parse("9999-12-31T23:59:59Z").plusSeconds(1);

    private final ObjectNode fields;
    private final List<FieldError> errors = new ArrayList<>();

    FieldCheck(ObjectNode fields) {
        this.fields = fields;
        errors.addAll(Unstorable.in(fields));
    }

    boolean passed() {
        return errors.isEmpty();
    }

    ReadEvent.InvalidEvent unfit() {
        return new ReadEvent.InvalidEvent(errors.size() > ENOUGH ? errors.subList(0, ENOUGH) : errors);
    }

    void add(String name, String detail) {
        errors.add(new FieldError(detail, Pointers.step(name)));
    }

    /** Null when it is not there, which is an error only where it must be. */
    @Nullable
    String text(String name, int max, boolean required) {
        var value = fields.path(name);
        if (value.isMissingNode() || value.isNull()) {
            if (required) {
                add(name, "is required");
            }
            return null;
        }
        var text = value.textValue();
        if (text != null
                && !Blank.is(text)
                && text.length() <= max
                && text.chars().noneMatch(Character::isISOControl)) {
            return text;
        }
        add(name, "must be a text of 1 to " + max + " characters without control characters");
        return null;
    }

    /** The customer the event is about; null as for {@link #text}. */
    @Nullable
    String customer(String name, boolean required) {
        var id = text(name, GivenId.LONGEST_CUSTOMER, required);
        if (id != null) {
            GivenId.wrongWithCustomer(id).ifPresent(detail -> add(name, detail));
        }
        return id;
    }

    /** Late and future times are allowed. */
    @Nullable
    Instant time(String name, boolean required) {
        var text = text(name, 100, required);
        if (text == null) {
            return null;
        }
        var time = SentTime.parse(text).orElse(null);
        if (time == null) {
            add(name, SentTime.FORM);
        } else if (time.isBefore(EARLIEST) || !time.isBefore(TOO_LATE)) {
            add(name, "must be in the years 1970 to 9999");
        }
        return time;
    }

    void uri(String name, int max, boolean required) {
        var text = text(name, max, required);
        if (text != null) {
            try {
                new URI(text);
            } catch (URISyntaxException e) {
                add(name, "must be a URI or a relative reference");
            }
        }
    }

    /** Empty when it is not there. */
    ObjectNode object(String name) {
        var value = fields.path(name);
        if (value instanceof ObjectNode object) {
            return object;
        }
        if (!value.isMissingNode() && !value.isNull()) {
            add(name, "must be an object");
        }
        return fields.objectNode();
    }

    /** An unknown member is most likely misspelt, and its value would be lost. */
    void only(Set<String> names) {
        fields.fieldNames().forEachRemaining(name -> {
            if (!names.contains(name)) {
                add(name, "is not a known property");
            }
        });
    }

    /** Adds errors that another check found in a part of the event. */
    void in(String name, List<FieldError> found) {
        found.forEach(error -> errors.add(new FieldError(error.detail(), Pointers.step(name) + error.pointer())));
    }

    /**
     * {@code name} is what the sender calls the event's data.
     *
     * @param about the customer the event is about, if the sender names them outside the data
     */
    void fits(EventSchema schema, JsonNode data, String name, @Nullable String about) {
        var subject = schema.subjectIn(data);
        if (subject != null && !Blank.is(subject)) {
            GivenId.wrongWithCustomer(subject)
                    .ifPresent(detail -> errors.add(
                            new FieldError(detail, Pointers.step(name) + Pointers.step(schema.subjectField()))));
        }
        Stream.concat(schema.violations(data).stream(), schema.contradiction(data, about).stream())
                .forEach(violation ->
                        errors.add(new FieldError(violation.message(), Pointers.step(name) + violation.pointer())));
    }
}
