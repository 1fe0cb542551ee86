package dev.carillon.delivery.deadletter;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.carillon.delivery.FailureKind;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Selects dead letters; a null field matches any.
 *
 * @param detail   exactly what the provider answered
 * @param provider who tried it last
 * @param from     failed permanently at this time or later
 * @param to       failed permanently before this time
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(description = "Which dead letters are meant; what is left out matches any.")
public record DeadLetterFilter(
        @Schema(description = "The channel", examples = "email") @Nullable
        String channel,

        @Schema(description = "The kind of failure they were dead-lettered for") @Nullable
        FailureKind failure,

        @Schema(description = "Exactly what the provider answered", examples = "HTTP 503") @Nullable
        String detail,

        @Schema(description = "Who tried it last", examples = "sendgrid") @Nullable
        String provider,

        @Schema(description = "The notification type", examples = "ORDER_SHIPPED") @Nullable
        String type,

        @Schema(description = "Dead-lettered at this time or later; UTC") @Nullable
        Instant from,

        @Schema(description = "Dead-lettered before this time; UTC") @Nullable
        Instant to) {

    public static final DeadLetterFilter ANY = new DeadLetterFilter(null, null, null, null, null, null, null);

    public static DeadLetterFilter of(String channel) {
        return new DeadLetterFilter(channel, null, null, null, null, null, null);
    }
}
