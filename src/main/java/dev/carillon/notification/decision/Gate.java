package dev.carillon.notification.decision;

import com.fasterxml.jackson.annotation.JsonValue;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Locale;

/** What can stop a notification: first the gates of a rule, then those of the pipeline, each in order. */
@RegisterForReflection
public enum Gate {
    /** The event meets the rule's condition. */
    WHEN,
    /** The other event that the rule asks for came before. */
    AFTER,
    /** The rule is meant for the customer. */
    AUDIENCE,
    /** The customer meets the rule's condition. */
    WHERE,
    /** The rule's delay is over. */
    DELAY,
    /** The event that the rule waits for has not come. */
    ABSENCE,
    /** The digest is due, and holds enough. */
    DIGEST,
    /** What the rule collects is not complete in time. */
    TIMEOUT,
    /** The rule stays within what one event may cost; recorded only where it does not. */
    BUDGET,
    /** It is still of use. */
    EXPIRES,
    /** It is scheduled for later; never stops anything. */
    SCHEDULE,
    /** It is the first with its business key. */
    ONCE,
    /** The customer is known. */
    RECIPIENT,
    /** The rule's throttle lets it through. */
    THROTTLE,
    /** The customer wants it on the channel. */
    PREFERENCE,
    /** The customer has an address on the channel. */
    ADDRESS,
    /** The customer has not had too much of everything. */
    FREQUENCY_CAP,
    /** There is a text, and it says everything. */
    TEMPLATE,
    /** The channel can carry the text; recorded only where it cannot. An API caller can pass it with a shorter text. */
    SIZE,
    /** The customer's hours are not quiet; only holds it back. */
    QUIET_HOURS,
    /** Nobody has withdrawn it. */
    CANCEL;

    /** Its name in JSON, in the database and in the documentation. */
    @JsonValue
    public String wire() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
