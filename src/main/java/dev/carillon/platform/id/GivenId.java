package dev.carillon.platform.id;

import dev.carillon.platform.value.Blank;
import dev.carillon.platform.value.Surrogates;
import java.util.Optional;
import java.util.Set;

/**
 * Says which ids from callers are valid: one readable line that can be stored unchanged. All doors use this definition.
 */
public final class GivenId {

    /** Characters a customer's id may have. */
    public static final int LONGEST_CUSTOMER = 200;

    /** A pattern of text on one line: no line breaks, no NUL (which PostgreSQL cannot store), no terminal control characters. */
    public static final String NO_CONTROLS = "[^\\p{Cc}]*";

    /** Path steps: no client can send them as an id, so nobody could read or erase such a customer. */
    private static final Set<String> STEPS = Set.of(".", "..");

    private GivenId() {}

    /** Why it is none, as the end of a sentence; empty for one. */
    public static Optional<String> wrongWith(String text, int longest) {
        if (text.isEmpty() || text.length() > longest) {
            return Optional.of("must have 1 to " + longest + " characters");
        }
        if (hasControls(text)) {
            return Optional.of("must hold no control characters");
        }
        if (Surrogates.hasHalfAPair(text)) {
            return Optional.of("must hold no half of a surrogate pair");
        }
        return Blank.is(text) ? Optional.of("must not be blank") : Optional.empty();
    }

    private static boolean hasControls(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    /** Like {@link #wrongWith}, for a customer: their id is a part of paths. */
    public static Optional<String> wrongWithCustomer(String text) {
        return wrongWith(text, LONGEST_CUSTOMER)
                .or(() -> STEPS.contains(text)
                        ? Optional.of("must not be . or .., which no path can hold")
                        : Optional.empty());
    }
}
