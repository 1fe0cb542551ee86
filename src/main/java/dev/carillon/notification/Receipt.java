package dev.carillon.notification;

import dev.carillon.notification.decision.Reason;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What became of a command. It is committed when the caller sees it. */
public sealed interface Receipt {

    NotificationCommand command();

    /** In the outbox; it goes out on these channels. */
    record Queued(NotificationCommand command, List<String> channels) implements Receipt {}

    /**
     * In the outbox, and held.
     *
     * @param reason null where it was not to go before
     */
    record Deferred(
            NotificationCommand command,
            Instant until,
            @Nullable Reason reason) implements Receipt {}

    /**
     * Recorded, and nobody is notified.
     *
     * @param duplicateOf the notification that was sent for this fact already, with DUPLICATE_BUSINESS_KEY
     */
    record Suppressed(
            NotificationCommand command,
            Reason reason,
            String detail,
            @Nullable String duplicateOf) implements Receipt {}

    /** Not recorded: the API caller's text is longer than a channel carries; {@code detail} names channel and limit. */
    record TooLarge(NotificationCommand command, String detail) implements Receipt {}

    /** Not recorded: the API caller named an unknown customer. */
    record UnknownRecipient(NotificationCommand command) implements Receipt {}
}
