package dev.carillon.eventsourced.intake;

import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A plain event as the OpenAPI document describes it. {@link PlainEvents} reads it field by field, to report every
 * error.
 */
@Schema(
        description = "What happened.",
        requiredProperties = {"event_type", "event_timestamp"})
record NewEvent(
        @Schema(
                description = "The customer it is about; required unless the type is not about a customer",
                examples = "cust-001")
        @Nullable
        String user_id,

        @Schema(description = "What kind of fact", examples = "ordering.order-status-changed")
        String event_type,

        @Schema(description = "When it happened", format = "date-time", examples = "2025-10-31T19:00:00Z")
        String event_timestamp,

        @Schema(description = "The fact; for a described type it matches the schema") @Nullable
        Map<String, Object> properties,

        @Schema(description = "Attributes of the customer to store; at most 100") @Nullable
        Map<String, Object> user_traits,

        @Schema(description = "Identifies duplicates", examples = "evt-001") @Nullable
        String event_id) {}
