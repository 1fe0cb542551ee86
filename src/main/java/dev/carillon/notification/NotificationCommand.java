package dev.carillon.notification;

import dev.carillon.notification.decision.Origin;
import dev.carillon.notification.recipient.RecipientKey;
import dev.carillon.notification.throttle.Throttle;
import dev.carillon.platform.lww.AsOf;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The command to notify one customer. Both doors hand it to the pipeline.
 *
 * @param trackingId  a ULID: the notification's id, known to the caller from the start
 * @param context     what the templates may use; each type says what it needs
 * @param businessKey the key of the fact that is sent at most once, through either door; null for no such limit
 * @param channels    only these; empty for every channel of the type
 * @param correlationId whatever the caller wants to find it by
 * @param decidedAt   when it was decided: the journal's time for door 1, the clock's for door 2
 * @param throttle    how many of these are too many; null for no such limit
 * @param schedule    when it is of use
 * @param internal    whether it goes to the internal recipient; it is still about the customer
 * @param locale      in which language; null for the customer's
 */
public record NotificationCommand(
        String tenant,
        String trackingId,
        String type,
        String customerId,
        Map<String, Object> context,
        @Nullable String businessKey,
        List<String> channels,
        Priority priority,
        @Nullable String correlationId,
        Origin origin,
        Instant decidedAt,
        @Nullable Throttle throttle,
        Schedule schedule,
        boolean internal,
        @Nullable Locale locale) {

    /** Later than every position. */
    static final long PRESENT = Long.MAX_VALUE;

    public NotificationCommand {
        channels = List.copyOf(channels);
    }

    @Nullable
    BusinessKey fact() {
        return businessKey == null ? null : new BusinessKey(tenant, businessKey);
    }

    /** The customer, as of the position the origin names. */
    AsOf<RecipientKey> recipientAsOf() {
        return new AsOf<>(new RecipientKey(tenant, customerId), origin.asOf() == null ? PRESENT : origin.asOf());
    }
}
