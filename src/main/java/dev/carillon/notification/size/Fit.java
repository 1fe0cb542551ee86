package dev.carillon.notification.size;

import dev.carillon.notification.template.Rendered.Content;

/** Whether a channel carries a message. */
public sealed interface Fit {

    /**
     * It does.
     *
     * @param cut whether something had to be left out
     */
    record Carried(Content content, boolean cut) implements Fit {
    }

    /** It does not, and its type will not have it shortened. */
    record Oversized(String detail) implements Fit {
    }
}
