package dev.carillon.notification.webhook;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A subscription as the API shows it, without its secret. */
@RegisterForReflection
@Schema(name = "Webhook", description = "A subscription to status changes.")
public record WebhookView(
        @Schema(description = "ULID", examples = "01KAJ3W4S8M2Q9V7T5R1N3X0ZC")
        String id,

        @Schema(description = "Where events are sent", examples = "https://shop.example.com/hooks/carillon")
        String url,

        @Schema(description = "Statuses; empty for all", examples = "[\"delivered\", \"bounced\"]")
        Set<String> statuses,

        @Schema(description = "Notification types; empty for all", examples = "[\"ORDER_SHIPPED\"]")
        Set<String> types,

        @Schema(description = "UTC") Instant createdAt,

        @Schema(description = "Since when it has accepted nothing; null while it answers") @Nullable
        Instant failingSince,

        @Schema(description = "Since when it is disabled; null while it is enabled") @Nullable
        Instant disabledAt,

        @Schema(description = "Why it is disabled", examples = "it answered 410 Gone") @Nullable
        String disabledWhy) {

    static WebhookView of(Subscription one) {
        return new WebhookView(
                one.id(),
                one.url(),
                new TreeSet<>(one.statuses()),
                new TreeSet<>(one.types()),
                one.createdAt(),
                one.failingSince(),
                one.disabledAt(),
                one.disabledWhy());
    }
}
