package dev.carillon.notification;

import dev.carillon.notification.tracking.Reason;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What became of a command. Whatever it is, it is committed when the caller sees it. */
public sealed interface Receipt {

    NotificationCommand command();

    /** In the outbox: it will be tried on these channels. */
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
     * Recorded, and nobody is told.
     *
     * @param duplicateOf the notification that told this fact already, with DUPLICATE_BUSINESS_KEY
     */
    record Suppressed(
            NotificationCommand command,
            Reason reason,
            String detail,
            @Nullable String duplicateOf) implements Receipt {}

    /** Not recorded: a caller at the API asked for more words than a channel carries; {@code detail} names channel and limit. */
    record TooLarge(NotificationCommand command, String detail) implements Receipt {}

    /** Not recorded: a caller at the API named a customer nobody knows. */
    record UnknownRecipient(NotificationCommand command) implements Receipt {}
}
