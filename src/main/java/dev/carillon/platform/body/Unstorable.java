package dev.carillon.platform.body;

import com.fasterxml.jackson.databind.JsonNode;
import dev.carillon.platform.json.JsonLimits;
import dev.carillon.platform.rest.Pointers;
import dev.carillon.platform.rest.Problem.FieldError;
import dev.carillon.platform.value.Surrogates;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds valid JSON that cannot be stored as it was sent: PostgreSQL's text has no NUL, UTF-8 no half surrogate pair,
 * and a rule no number beyond 64 bits. It is refused on arrival instead of changed later.
 */
public final class Unstorable {

    private static final int ENOUGH = 20;
    /** Digits that a long always has room for. */
    private static final int FEW_DIGITS = 18;
    /** In UTF-8, where halves of surrogate pairs would begin. */
    private static final int SURROGATES = 0xed;

    private final List<FieldError> errors = new ArrayList<>();

    private Unstorable() {}

    /** Empty if everything can be stored; otherwise the first few places. */
    public static List<FieldError> in(JsonNode node) {
        var search = new Unstorable();
        search.look(node, "");
        return search.errors;
    }

    /**
     * Whether JSON has to be parsed to know: it has an escape by number, half a pair as bytes, a number that is long or has an exponent, or a zero
     * byte, of which the other UTFs are full. Nearly none has any.
     */
    static boolean mayBeIn(byte[] json) {
        boolean inText = false;
        int digits = 0;
        for (int i = 0; i < json.length; i++) {
            int c = json[i] & 0xff;
            if (c == '"') {
                inText = !inText;
            } else if (c == '\\') {
                i++;
                if (i < json.length && json[i] == 'u') {
                    return true;
                }
            } else if (c == 0 || c == SURROGATES && i + 1 < json.length && (json[i + 1] & 0xff) >= 0xa0) {
                return true;
            } else if (!inText) {
                if (digits > 0 && (c == 'e' || c == 'E') || digits > FEW_DIGITS) {
                    return true;
                }
                digits = c >= '0' && c <= '9' ? digits + 1 : c == '.' ? digits : 0;
            }
        }
        return digits > FEW_DIGITS;
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
        in(text).ifPresent(what -> errors.add(new FieldError("the text must hold no " + what, pointer)));
    }

    /** A name that cannot be stored cannot be shown either, so the error names the object that holds it. */
    private void name(String name, String pointer) {
        in(name).ifPresent(what -> errors.add(new FieldError("must hold no name with " + what, pointer)));
    }

    /** What of a text cannot be stored; empty if all of it can. */
    public static Optional<String> in(String text) {
        return text.indexOf('\0') >= 0
                ? Optional.of("NUL character")
                : Surrogates.hasHalfAPair(text) ? Optional.of("half of a surrogate pair") : Optional.empty();
    }

    private void number(JsonNode number, String pointer) {
        if (!JsonLimits.isOf64Bits(number.numberValue())) {
            errors.add(new FieldError("must be a number of 64 bits", pointer));
        }
    }
}
