package dev.carillon.notification.size;

import dev.carillon.notification.template.Rendered.RenderedText;

/** Whether a channel carries a message. */
public sealed interface SizeResult {

    /**
     * It does.
     *
     * @param cut whether something had to be left out
     */
    record Carried(RenderedText content, boolean cut) implements SizeResult {}

    /** It does not, and its type will not have it shortened. */
    record Oversized(String detail) implements SizeResult {}
}
