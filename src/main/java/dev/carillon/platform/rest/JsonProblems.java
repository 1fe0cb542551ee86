package dev.carillon.platform.rest;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import dev.carillon.platform.json.JsonLimits;
import dev.carillon.platform.value.Causes;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Explains what is wrong with a caller's JSON: 400 with the place of a syntax error, 422 with a pointer to a value that
 * does not fit.
 */
final class JsonProblems {

    private static final String LIMITS = "JSON must not be nested deeper than " + JsonLimits.DEPTH
            + " levels, nor hold a string of more than " + JsonLimits.STRING + " characters, a name of more than "
            + JsonLimits.NAME + " or a number of more than " + JsonLimits.NUMBER + " digits";

    /** How the parser says which of its limits was passed. */
    private static final String TOO_MANY_PARTS = "getMaxTokenCount";

    private static final Set<Class<?>> WHOLE = Set.of(int.class, Integer.class, long.class, Long.class);

    /** The parser's message. It cannot continue from there, so no later check can find the place. */
    private static final String HALF_A_NAME = "Broken surrogate pair in field name";

    private JsonProblems() {}

    static Problem of(JsonProcessingException e) {
        return cause(e, StreamConstraintsException.class)
                .map(JsonProblems::beyond)
                .or(() -> cause(e, JsonParseException.class).map(JsonProblems::unreadable))
                .orElseGet(() -> e instanceof JsonMappingException mapping
                        ? unfit(mapping)
                        : malformed("JSON cannot be read" + place(e)));
    }

    private static Problem beyond(StreamConstraintsException limit) {
        return !limit.getOriginalMessage().contains(TOO_MANY_PARTS)
                ? malformed(LIMITS)
                : Problem.of(
                                ProblemType.TOO_LARGE,
                                "JSON may have at most " + JsonLimits.TOKENS
                                        + " parts: names, values, and beginnings and ends of objects and arrays")
                        .with("limit", JsonLimits.TOKENS);
    }

    private static Problem unreadable(JsonParseException e) {
        if (e.getOriginalMessage().startsWith(HALF_A_NAME)) {
            return Problem.invalid(holder(e), "must hold no name with half of a surrogate pair");
        }
        var twice = e.getOriginalMessage().startsWith("Duplicate");
        return malformed((twice ? "A property appears twice" : "JSON cannot be read") + place(e));
    }

    private static Problem unfit(JsonMappingException e) {
        if (e instanceof UnrecognizedPropertyException) {
            return Problem.invalid(pointer(e), "is not a known property");
        }
        if (e.getOriginalMessage().startsWith("Trailing token")) {
            return malformed("Something follows the JSON value" + place(e));
        }
        return Problem.invalid(
                pointer(e),
                e instanceof MismatchedInputException mismatched && mismatched.getTargetType() != null
                        ? "must be " + named(mismatched.getTargetType())
                        : "is not valid");
    }

    /** The place of the object whose name could not be read. */
    private static String holder(JsonParseException e) {
        var pointer = new StringBuilder();
        var around = e.getProcessor() == null
                ? null
                : e.getProcessor().getParsingContext().getParent();
        for (; around != null && !around.inRoot(); around = around.getParent()) {
            pointer.insert(
                    0,
                    Pointers.step(
                            around.inArray() ? String.valueOf(around.getCurrentIndex()) : around.getCurrentName()));
        }
        return pointer.toString();
    }

    private static Problem malformed(String detail) {
        return Problem.of(ProblemType.MALFORMED_JSON, detail);
    }

    private static String place(JsonProcessingException e) {
        var at = e.getLocation();
        return at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
    }

    private static String pointer(JsonMappingException e) {
        var pointer = new StringBuilder();
        e.getPath()
                .forEach(part -> pointer.append(Pointers.step(
                        part.getFieldName() == null ? String.valueOf(part.getIndex()) : part.getFieldName())));
        return pointer.toString();
    }

    private static String named(Class<?> type) {
        if (type == String.class) {
            return TypeNames.STRING;
        }
        if (Map.class.isAssignableFrom(type) || type.isRecord()) {
            return TypeNames.OBJECT;
        }
        if (Collection.class.isAssignableFrom(type) || type.isArray()) {
            return TypeNames.ARRAY;
        }
        if (type == Boolean.class || type == boolean.class) {
            return TypeNames.BOOLEAN;
        }
        if (WHOLE.contains(type)) {
            return TypeNames.WHOLE;
        }
        return Number.class.isAssignableFrom(type) || type.isPrimitive() ? TypeNames.NUMBER : "of another form";
    }

    private static <T extends Throwable> Optional<T> cause(Throwable failure, Class<T> type) {
        return Causes.of(failure).filter(type::isInstance).map(type::cast).findFirst();
    }
}
