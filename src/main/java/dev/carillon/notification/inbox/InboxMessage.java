package dev.carillon.notification.inbox;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A message in a customer's inbox. */
@RegisterForReflection
@Schema(name = "InboxMessage", description = "A customer's messages in the app.")
public record InboxMessage(
        @Schema(description = "Its number in the customer's inbox: a later message has a higher one", examples = "17")
        long id,

        @Schema(description = "The notification it came with", examples = "01KAJ3W4S8M2Q9V7T5R1N3X0ZC")
        String trackingId,

        @Schema(
                description = "The notification's type; null when the notification is no longer kept",
                examples = "ACCOUNT_NOTICE")
        @Nullable
        String type,

        @Schema(
                description = "The notification's category; null when the notification is no longer kept",
                examples = "account_activity")
        @Nullable
        String category,

        @Schema(description = "The subject, where the type has one", examples = "Your address was changed") @Nullable
        String title,

        @Schema(description = "The message", examples = "Your delivery address is now 1 Main Street.")
        String text,

        @Schema(description = "The same with markup, where the type has it") @Nullable
        String html,

        @Schema(description = "When it arrived, UTC", examples = "2026-11-21T09:30:00Z")
        Instant arrivedAt,

        @Schema(description = "When it was read, UTC; null while it is unread") @Nullable
        Instant readAt) {}
