package dev.carillon.delivery.outbox;

import dev.carillon.delivery.LeasedParcel;
import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * What one attempt came to, to be written down.
 *
 * @param outcome {@code sent}, {@code retry} or {@code dead}
 * @param nextAt  when it is tried again, with {@code retry}
 */
public record Attempt(LeasedParcel leased, String provider, Outcome outcome, @Nullable String failure, @Nullable String detail,
                      @Nullable String providerMessageId, @Nullable Instant nextAt) {

    /** Where an attempt leaves the delivery. */
    public enum Outcome {
        SENT, RETRY, DEAD;

        public String wire() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }
}
