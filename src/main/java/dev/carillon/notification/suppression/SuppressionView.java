package dev.carillon.notification.suppression;

import dev.carillon.notification.preference.Suppression.Cause;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A suppressed address, as the API shows it. */
@RegisterForReflection
@Schema(
        name = "Suppression",
        description =
                "An address that gets no messages, not even mandatory ones, and one cause of it. An address may have several; it gets none until all are lifted.")
public record SuppressionView(
        @Schema(description = "Its id, used to lift it; a ULID", examples = "01KAJ3W4S8M2Q9V7T5R1N3X0ZC")
        String id,

        @Schema(description = "On which channel", examples = "email")
        String channel,

        @Schema(
                description = "The address in its normal form: mail in lower case, phone numbers without grouping",
                examples = "alice@example.com")
        String address,

        @Schema(description = "Why", examples = "bounce") Cause cause,

        @Schema(description = "The provider's code", examples = "bounce 5.1.1") @Nullable
        String detail,

        @Schema(description = "The provider that reported it, or the id of the API key", examples = "sendgrid")
        String source,

        @Schema(description = "UTC") Instant since) {}
