package dev.carillon.delivery;

import java.util.function.ToIntFunction;
import java.util.function.UnaryOperator;

/**
 * The most a channel carries of one part of a message, whatever the provider. The pipeline checks it before sending,
 * because a provider would only refuse.
 *
 * @param part     what has to be shorter when it is too much
 * @param most     how much there may be
 * @param unit     of what, as in "1600 characters"
 * @param size     how much there is
 * @param ellipsis ends what was cut, given what is left of it
 */
public record SizeLimit(
        Part part, int most, String unit, ToIntFunction<SizedMessage> size, UnaryOperator<String> ellipsis) {

    /** One character, in most alphabets. */
    public static final String ELLIPSIS = "…";

    /** The part that is cut. */
    public enum Part {
        SUBJECT,
        TEXT
    }

    /** The message to be sent; an empty subject means none. */
    public record SizedMessage(String recipient, String subject, String text) {}

    public SizeLimit(Part part, int most, String unit, ToIntFunction<SizedMessage> size) {
        this(part, most, unit, size, left -> ELLIPSIS);
    }

    public boolean fits(SizedMessage message) {
        return size.applyAsInt(message) <= most;
    }
}
