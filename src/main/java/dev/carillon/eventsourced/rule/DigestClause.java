package dev.carillon.eventsourced.rule;

import dev.carillon.platform.value.Zones;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * {@code digest}: combines many events into one notification. It says when a digest closes, how much it holds, and
 * which events go together.
 *
 * @param length {@code wait}: how long it stays open; null exactly when {@code at} says when
 * @param maxLength {@code max-wait}: makes {@code length} count from the last item, but no longer than this from the first
 * @param at closes at the next of these local times; empty when {@code length} says when
 * @param zone where {@code at} is read, or null for the customer's zone
 * @param maxItems closes at once when it holds so many
 * @param minItems below this nothing is sent
 * @param by what goes together besides the customer's; null when all of a customer's events do
 */
public record DigestClause(
        @Nullable Duration length,
        @Nullable Duration maxLength,
        List<LocalTime> at,
        @Nullable ZoneId zone,
        int maxItems,
        int minItems,
        @Nullable TextTemplate by) {

    private static final int USUAL_ITEMS = 50;

    /** Some zones have skipped a whole day. */
    private static final int DAYS_AHEAD = 3;

    static DigestClause read(Section digest, Set<ScopeVariable> available) {
        DigestClause clause = new DigestClause(
                digest.durationOrNull("wait"),
                digest.durationOrNull("max-wait"),
                digest.texts("at").stream().map(LocalTime::parse).toList(),
                Zones.read(digest.textOrNull("zone")).orElse(null),
                digest.count("max-items", USUAL_ITEMS),
                digest.count("min-items", 1),
                digest.templateOrNull("by", available));
        if (clause.minItems > clause.maxItems) {
            throw digest.unwanted("min-items", "is more than max-items, which is " + clause.maxItems);
        }
        if (clause.length == null && clause.maxLength != null) {
            throw digest.unwanted("max-wait", "is for wait only");
        }
        if (clause.at.isEmpty() && clause.zone != null) {
            throw digest.unwanted("zone", "is for at only");
        }
        if (clause.maxLength != null && clause.maxLength.compareTo(clause.length) < 0) {
            throw digest.problem("max-wait", "is shorter than wait, which is " + clause.length);
        }
        return clause;
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

    /** The part of the digest's key that the rule defines; null when all of a customer's events go together. */
    ExpressionResult key(Scope scope) {
        return by == null ? ExpressionResult.of(null) : by.text(scope);
    }

    /** When it closes, in a few words. */
    String inWords() {
        if (length == null) {
            return "until " + at.stream().map(LocalTime::toString).collect(Collectors.joining(" or "));
        }
        return maxLength == null
                ? "until " + length + " after the first"
                : "until " + length + " after the last, at most " + maxLength + " after the first";
    }
}
