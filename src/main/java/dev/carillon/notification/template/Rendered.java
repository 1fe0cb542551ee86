package dev.carillon.notification.template;

import dev.carillon.notification.decision.Reason;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The result of rendering: the text, or why there is none. */
public sealed interface Rendered {

    /**
     * The text for one channel.
     *
     * @param subject one line without control characters; null where the channel has none
     * @param text plain text; one line for SMS
     * @param html the same with mark-up, every value escaped; null where the channel has none
     * @param edition the version of the text
     */
    record RenderedText(
            @Nullable String subject, String text, @Nullable String html, Edition edition) implements Rendered {

        /** Shows sizes only, because the text is personal data and must not reach a log. */
        @Override
        public String toString() {
            return "Content[subject=" + size(subject) + ", text=" + size(text) + ", html=" + size(html) + "]";
        }

        private static String size(@Nullable String part) {
            return part == null ? "none" : part.length() + " characters";
        }
    }

    /** The version of the templates and the language that a text was rendered from. */
    record Edition(String version, Locale locale) {}

    /**
     * There is no text, and why.
     *
     * @param reason {@code TEMPLATE_MISSING} when the type has no template for the channel; {@code VARIABLE_MISSING} when a variable is
     *     missing, of the wrong kind, or so large that the text outgrows its limit
     * @param name the channel that has no template, or the variable that is missing or unfit
     * @param detail a sentence without personal data
     */
    record NotRendered(Reason reason, String name, String detail) implements Rendered {}
}
