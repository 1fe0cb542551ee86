package dev.carillon.notification.tracking;

import dev.carillon.delivery.sms.SmsSize;
import dev.carillon.notification.tracking.NotificationView.AttemptView;
import dev.carillon.notification.tracking.NotificationView.DeliveryView;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A message as it was sent, or is to be sent. */
@RegisterForReflection
@Schema(name = "Message", description = "A message as it was sent, or is to be sent.")
record NotificationMessage(
        @Schema(description = "ULID", examples = "01KAJ3W4S8M2Q9V7T5R1N3X0ZC")
        String deliveryId,

        @Schema(examples = "email") String channel,

        @Schema(description = "The address; null once it is erased", examples = "alice@example.com") @Nullable
        String recipient,

        Status status,

        @Schema(
                description = "Whether the customer was erased, and with them the address and the texts",
                examples = "false")
        boolean erased,

        @Schema(description = "Where the channel has one", examples = "Your order is on its way") @Nullable
        String subject,

        @Schema(description = "The text; null once it is erased", examples = "Hello Alice, your order is on its way.")
        @Nullable
        String text,

        @Schema(description = "Whether it has HTML as well, to be read by itself", examples = "true")
        boolean hasHtml,

        @Schema(description = "Of a text message: how it is counted; null on other channels") @Nullable
        SmsSize sms,

        @Schema(description = "Who took it, or who was tried last; null before the first attempt", examples = "mock")
        @Nullable
        String provider,

        @Schema(description = "The provider's id for it", examples = "mock-17") @Nullable
        String providerMessageId,

        @Schema(description = "When the provider took it, UTC; null as long as none has") @Nullable
        Instant sentAt) {

    static NotificationMessage of(DeliveryView delivery, boolean hasHtml) {
        var last = delivery.attempts().isEmpty()
                ? null
                : delivery.attempts().get(delivery.attempts().size() - 1);
        var taken = delivery.attempts().stream()
                .filter(attempt -> attempt.outcome().equals("sent"))
                .findFirst()
                .orElse(null);
        var text = delivery.body();
        return new NotificationMessage(
                String.valueOf(delivery.id()),
                delivery.channel(),
                delivery.recipient(),
                delivery.status(),
                delivery.recipient() == null && text == null && !hasHtml,
                delivery.subject(),
                text,
                hasHtml,
                text == null || !delivery.channel().equals("sms") ? null : SmsSize.of(text),
                taken != null ? taken.provider() : provider(last),
                taken == null ? null : taken.providerMessageId(),
                taken == null ? null : taken.endedAt());
    }

    private static @Nullable String provider(@Nullable AttemptView attempt) {
        return attempt == null ? null : attempt.provider();
    }
}
