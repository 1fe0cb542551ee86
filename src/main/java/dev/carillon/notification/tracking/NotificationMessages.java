package dev.carillon.notification.tracking;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A notification's messages, one for each channel it goes out on. */
@RegisterForReflection
@Schema(name = "Messages", description = "What a notification says, channel by channel.")
record NotificationMessages(
        @Schema(description = "ULID", examples = "01KAJ3W4S8M2Q9V7T5R1N3X0ZC")
        String trackingId,

        @Schema(examples = "ORDER_SHIPPED") String type,
        @Schema(examples = "cust-001") String customerId,

        @Schema(description = "The version of the templates that made the texts", examples = "v3") @Nullable
        String templateVersion,

        @Schema(description = "Their language", examples = "de") @Nullable
        String locale,

        @Schema(description = "One for each channel it goes out on; a channel that was skipped has none")
        List<NotificationMessage> messages) {

    static NotificationMessages of(NotificationView notification, List<NotificationMessage> messages) {
        return new NotificationMessages(
                notification.trackingId(),
                notification.type(),
                notification.customerId(),
                notification.templateVersion(),
                notification.locale(),
                messages);
    }
}
