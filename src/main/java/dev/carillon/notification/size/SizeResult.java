package dev.carillon.notification.size;

import dev.carillon.notification.template.Rendered.RenderedText;

/** Whether a message fits its channel. */
public sealed interface SizeResult {

    /**
     * It fits.
     *
     * @param cut whether something had to be left out
     */
    record Carried(RenderedText content, boolean cut) implements SizeResult {}

    /** It does not fit, and its type does not allow cutting. */
    record Oversized(String detail) implements SizeResult {}
}
