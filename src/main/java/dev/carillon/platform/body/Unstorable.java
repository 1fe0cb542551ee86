package dev.carillon.platform.body;

import com.fasterxml.jackson.databind.JsonNode;
import dev.carillon.platform.json.JsonLimits;
import dev.carillon.platform.problem.Pointers;
import dev.carillon.platform.problem.Problem.FieldError;
import dev.carillon.platform.text.Surrogates;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds what is JSON and yet cannot be kept as it was sent: PostgreSQL's text has no NUL, UTF-8 no half of a surrogate pair,
 * and a rule no number beyond 64 bits. Better refused at the door than changed on the way.
 */
public final class Unstorable {

    private static final int ENOUGH = 20;

    private final List<FieldError> errors = new ArrayList<>();

    private Unstorable() {
    }

    /** Nothing for what can be kept; the first few places otherwise. */
    public static List<FieldError> in(JsonNode node) {
        var search = new Unstorable();
        search.look(node, "");
        return search.errors;
    }

    /** Recursion is as deep as JSON may be, which the parser limits. */
    private void look(JsonNode node, String pointer) {
        if (errors.size() >= ENOUGH) {
            return;
        }
        if (node.isTextual()) {
            text(node.textValue(), pointer);
        } else if (node.isNumber()) {
            number(node, pointer);
        } else if (node.isArray()) {
            for (int index = 0; index < node.size(); index++) {
                look(node.get(index), pointer + "/" + index);
            }
        } else {
            node.fields().forEachRemaining(field -> {
                var at = pointer + Pointers.step(field.getKey().replace('\0', '?'));
                name(field.getKey(), pointer);
                look(field.getValue(), at);
            });
        }
    }

    private void text(String text, String pointer) {
        unkept(text).ifPresent(what -> errors.add(new FieldError("the text must hold no " + what, pointer)));
    }

    /** What cannot be kept cannot be said either: named is the object that holds it. */
    private void name(String name, String pointer) {
        unkept(name).ifPresent(what -> errors.add(new FieldError("must hold no name with " + what, pointer)));
    }

    private static Optional<String> unkept(String text) {
        return text.indexOf('\0') >= 0 ? Optional.of("NUL character") : Surrogates.hasHalfAPair(text) ? Optional.of("half of a surrogate pair") : Optional.empty();
    }

    private void number(JsonNode number, String pointer) {
        if (!JsonLimits.isOf64Bits(number.numberValue())) {
            errors.add(new FieldError("must be a number of 64 bits", pointer));
        }
    }
}
