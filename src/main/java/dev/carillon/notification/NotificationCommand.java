package dev.carillon.notification;

import dev.carillon.notification.recipient.Recipient;
import dev.carillon.notification.tracking.Origin;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;

/**
 * "Tell this customer this": what comes into the corridor from either door.
 *
 * @param trackingId  a ULID: the notification's id, known to the caller from the start
 * @param context     what the templates may use; each type says what it needs
 * @param businessKey the fact that is told at most once, whichever door it comes through; null for no such promise
 * @param channels    only these; empty for every channel of the type
 * @param correlationId whatever the caller wants to find it by
 */
public record NotificationCommand(String tenant, String trackingId, String type, String customerId, Map<String, Object> context,
                                  @Nullable String businessKey, List<String> channels, Priority priority,
                                  @Nullable String correlationId, Origin origin) {

    public NotificationCommand {
        channels = List.copyOf(channels);
    }

    @Nullable BusinessKey fact() {
        return businessKey == null ? null : new BusinessKey(tenant, businessKey);
    }

    Recipient.Key recipientKey() {
        return new Recipient.Key(tenant, customerId);
    }
}
