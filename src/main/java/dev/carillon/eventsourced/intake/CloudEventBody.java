package dev.carillon.eventsourced.intake;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A structured CloudEvent as the OpenAPI document describes it; {@link CloudEvents} reads it. */
@Schema(
        name = "CloudEvent",
        description = "A CloudEvent 1.0; further members are its extensions.",
        requiredProperties = {"specversion", "id", "source", "type"},
        additionalProperties = Schema.True.class)
record CloudEventBody(
        @Schema(description = "1.0", examples = "1.0") String specversion,

        @Schema(description = "With the source, it identifies duplicates", examples = "evt-001")
        String id,

        @Schema(description = "The source", format = "uri-reference", examples = "https://shop.example/ordering")
        String source,

        @Schema(description = "What kind of fact", examples = "ordering.order-status-changed")
        String type,

        @Schema(description = "The customer it is about", examples = "cust-001") @Nullable
        String subject,

        @Schema(
                description = "When it happened; when it arrived without it",
                format = "date-time",
                examples = "2025-10-31T19:00:00Z")
        @Nullable
        String time,

        @Schema(description = "Of the data", examples = "application/json") @Nullable
        String datacontenttype,

        @Schema(
                description = "The address of the data's schema",
                format = "uri",
                examples = "https://shop.example/schemas/order")
        @Nullable
        String dataschema,

        @Schema(
                description =
                        "The fact: an object, matching the schema of a described type; any other data is stored and returned unchanged")
        @Nullable
        Object data,

        @Schema(description = "The data as base64, instead of it") @Nullable
        String data_base64) {}
