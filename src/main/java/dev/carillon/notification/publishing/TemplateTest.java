package dev.carillon.notification.publishing;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A message that was sent as a test. It is no notification, and nobody's history has it. */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "TemplateTest", description = "A message that was sent as a test.")
record TemplateTest(
        @Schema(description = "ULID", examples = "01KAJ3W4S8M2Q9V7T5R1N3X0ZC")
        String id,

        @Schema(description = "The notification type", examples = "ORDER_SHIPPED")
        String type,

        @Schema(description = "The version of the texts", examples = "draft")
        String version,

        @Schema(description = "The channel", examples = "email")
        String channel,

        @Schema(description = "The language", examples = "de")
        String locale,

        @Schema(description = "The address, masked", examples = "a***@example.com")
        String to,

        @Schema(description = "Whether the provider took it", examples = "true")
        boolean sent,

        @Schema(description = "Who took it or did not; left out when nobody was asked", examples = "smtp") @Nullable
        String provider,

        @Schema(description = "Why it was not sent; left out when it was", examples = "550 5.1.1 no such user")
        @Nullable
        String detail,

        @Schema(description = "When", examples = "2026-03-01T12:00:00Z")
        Instant at,

        @Schema(description = "The key that sent it", examples = "01KAJ3W4S8M2Q9V7T5R1N3X0ZC")
        String by) {}
