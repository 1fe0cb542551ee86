package dev.carillon.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * When a failed attempt is retried: first a fast stage with full jitter, then a slow one, until the delivery expires.
 * If the provider says how long to wait, that counts, up to {@link #LONGEST_WAIT}.
 */
public record RetrySchedule(List<Duration> fast, List<Duration> slow) {

    public static final RetrySchedule STANDARD = new RetrySchedule(
            List.of(
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(4),
                    Duration.ofSeconds(8),
                    Duration.ofSeconds(16)),
            List.of(
                    Duration.ofMinutes(1),
                    Duration.ofMinutes(5),
                    Duration.ofMinutes(30),
                    Duration.ofHours(2),
                    Duration.ofHours(6),
                    Duration.ofHours(24)));

    /** No provider may park a delivery for longer. */
    public static final Duration LONGEST_WAIT = Duration.ofHours(24);

    public RetrySchedule {
        fast = List.copyOf(fast);
        slow = List.copyOf(slow);
    }

    /** How often a delivery is tried at most. */
    public int attempts() {
        return fast.size() + slow.size() + 1;
    }

    /** When attempt {@code failed} (from 1) is followed by the next; empty when it was the last. */
    public Optional<Instant> next(
            int failed, Instant now, @Nullable Duration asked, @Nullable Instant expiresAt, RandomGenerator random) {
        if (failed >= attempts()) {
            return Optional.empty();
        }
        var at = now.plus(asked != null ? bounded(asked) : pause(failed, random));
        return expiresAt != null && !at.isBefore(expiresAt) ? Optional.empty() : Optional.of(at);
    }

    private static Duration bounded(Duration asked) {
        if (asked.isNegative()) {
            return Duration.ZERO;
        }
        return asked.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : asked;
    }

    private Duration pause(int failed, RandomGenerator random) {
        if (failed <= fast.size()) {
            return fast.get(failed - 1).multipliedBy(random.nextInt(1, 1001)).dividedBy(1000); // full jitter
        }
        var base = slow.get(failed - fast.size() - 1);
        return base.plus(base.multipliedBy(random.nextInt(0, 201)).dividedBy(1000)); // up to a fifth more
    }
}
