package dev.carillon.eventsourced.rule;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * When a digest closes and how much it holds.
 *
 * @param at closes at the next of these local times; empty when {@code length} says when
 * @param length {@code wait}: how long it stays open; null exactly when {@code at} says when
 * @param maxLength {@code max-wait}: makes {@code length} count from the last item, but no longer than this from the first
 * @param zone where {@code at} is read, or null for the customer's zone
 * @param maxItems closes at once when it holds so many
 * @param minItems below this nothing is sent
 */
public record DigestPlan(
        @Nullable Duration length,
        @Nullable Duration maxLength,
        List<LocalTime> at,
        @Nullable ZoneId zone,
        int maxItems,
        int minItems) {

    /** Some zones have skipped a whole day. */
    private static final int DAYS_AHEAD = 3;

    public DigestPlan {
        at = List.copyOf(at);
        if ((length == null) == at.isEmpty()) {
            throw new IllegalArgumentException("a digest closes after a wait or at times of day");
        }
    }

    /**
     * When it closes, as far as can be said now: with {@code max-wait} each further item moves it.
     *
     * @param customerZone counts for times of day unless the rule names a zone
     */
    public Instant closesAt(Instant openedAt, Instant lastItemAt, ZoneId customerZone) {
        if (length == null) {
            return next(openedAt, zone == null ? customerZone : zone);
        }
        if (maxLength == null) {
            return openedAt.plus(length);
        }
        Instant quiet = lastItemAt.plus(length);
        Instant latest = openedAt.plus(maxLength);
        return quiet.isBefore(latest) ? quiet : latest;
    }

    private Instant next(Instant openedAt, ZoneId zone) {
        LocalDate today = LocalDate.ofInstant(openedAt, zone);
        return Stream.iterate(today, day -> day.plusDays(1))
                .limit(1 + DAYS_AHEAD)
                .flatMap(day -> at.stream().map(day::atTime))
                .map(local -> instant(local, zone))
                .filter(openedAt::isBefore)
                .min(Instant::compareTo)
                .orElseThrow(() -> new IllegalStateException("no " + at + " in " + zone + " after " + openedAt));
    }

    /** In a gap the first instant after it, in an overlap the earlier one. */
    private static Instant instant(LocalDateTime local, ZoneId zone) {
        ZoneOffsetTransition transition = zone.getRules().getTransition(local);
        return transition != null && transition.isGap()
                ? transition.getInstant()
                : local.atZone(zone).toInstant();
    }
}
