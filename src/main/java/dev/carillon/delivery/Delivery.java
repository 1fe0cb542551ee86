package dev.carillon.delivery;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One message ready to go out on one channel.
 *
 * @param id          a ULID; its time is the row's partition
 * @param recipient   the address on that channel: an email address, a phone number
 * @param subject     for channels that have one
 * @param html        the richer variant of {@code text}, for channels that have one
 * @param priority    0 high, 1 normal, 2 low: a lower lane never waits for a higher number
 * @param expiresAt   after this it is not sent any more
 * @param traceparent the trace it belongs to
 * @param unsubscribeUrl where one click ends messages like this, for channels that can offer it (RFC 8058); null where there is none
 */
public record Delivery(
        String id,
        String tenant,
        String notificationId,
        String channel,
        String recipient,
        @Nullable String subject,
        String text,
        @Nullable String html,
        int priority,
        @Nullable Instant expiresAt,
        @Nullable String traceparent,
        @Nullable String unsubscribeUrl) {

    /** The length of its content. */
    public long characters() {
        return (subject == null ? 0L : subject.length()) + text.length() + (html == null ? 0 : html.length());
    }

    Delivery in(String traceparent) {
        return new Delivery(
                id,
                tenant,
                notificationId,
                channel,
                recipient,
                subject,
                text,
                html,
                priority,
                expiresAt,
                traceparent,
                unsubscribeUrl);
    }
}
