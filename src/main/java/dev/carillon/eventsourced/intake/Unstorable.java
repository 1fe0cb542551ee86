package dev.carillon.eventsourced.intake;

import com.fasterxml.jackson.databind.JsonNode;
import dev.carillon.platform.json.JsonLimits;
import dev.carillon.platform.problem.Pointers;
import dev.carillon.platform.problem.Problem.FieldError;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds what is JSON and yet cannot be kept as it was sent: PostgreSQL's text has no NUL, UTF-8 no half of a surrogate pair,
 * and a rule no number beyond 64 bits. Better refused at the door than changed on the way.
 */
final class Unstorable {

    private static final int ENOUGH = 20;

    private final List<FieldError> errors = new ArrayList<>();

    private Unstorable() {
    }

    /** Nothing for what can be kept; the first few places otherwise. */
    static List<FieldError> in(JsonNode node) {
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
            text(node.textValue(), pointer, "text");
        } else if (node.isNumber()) {
            number(node, pointer);
        } else if (node.isArray()) {
            for (int index = 0; index < node.size(); index++) {
                look(node.get(index), pointer + "/" + index);
            }
        } else {
            node.fields().forEachRemaining(field -> {
                var at = pointer + Pointers.step(field.getKey());
                text(field.getKey(), at, "name");
                look(field.getValue(), at);
            });
        }
    }

    private void text(String text, String pointer, String what) {
        if (text.indexOf('\0') >= 0) {
            errors.add(new FieldError("the " + what + " must hold no NUL character", pointer));
        } else if (hasHalfAPair(text)) {
            errors.add(new FieldError("the " + what + " must hold no half of a surrogate pair", pointer));
        }
    }

    private void number(JsonNode number, String pointer) {
        if (!JsonLimits.isOf64Bits(number.numberValue())) {
            errors.add(new FieldError("must be a number of 64 bits", pointer));
        }
    }

    private static boolean hasHalfAPair(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (i + 1 == text.length() || !Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1))) {
                    return true;
                }
                i++;
            }
        }
        return false;
    }
}
