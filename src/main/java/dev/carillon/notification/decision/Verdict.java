package dev.carillon.notification.decision;

import java.util.Locale;

/** What a decision comes to. */
public enum Verdict {
    /** A notification is sent. */
    NOTIFY,
    /** It is not sent, although a rule or a caller wanted it. */
    SUPPRESS,
    /** A rule wants none. */
    IGNORE,
    /** It is decided, or sent, later. */
    DEFER,
    /** It is sent together with others. */
    DIGEST;

    /** Its name in JSON, in the database and in metrics. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
