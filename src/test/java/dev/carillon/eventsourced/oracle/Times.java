package dev.carillon.eventsourced.oracle;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Draws times, preferably those at which something ends. */
final class Times {

    static final List<String> ZONES =
            List.of("Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "UTC");

    /** How long something lasts that began when the event was recorded. */
    private static final Map<String, List<Integer>> MINUTES = Map.of(
            "oracle.hit",
            List.of(60),
            "oracle.item",
            List.of(10, 25, 30),
            "oracle.later",
            List.of(30),
            "oracle.began",
            List.of(30, 120),
            "ordering.order-placed",
            List.of(360),
            "ordering.line-item-status-changed",
            List.of(360));

    /** Before or after which other event, and how long, an event has to have happened to count. */
    private static final Map<String, String> PARTNERS = Map.of(
            "oracle.second",
            "oracle.first",
            "oracle.first",
            "oracle.second",
            "oracle.ended",
            "oracle.began",
            "oracle.began",
            "oracle.ended");

    private static final Map<String, List<Integer>> APART = Map.of(
            "oracle.second",
            List.of(0, 60),
            "oracle.first",
            List.of(0, -60),
            "oracle.ended",
            List.of(0, 120),
            "oracle.began",
            List.of(0, -120));

    /** How old an event may be. */
    private static final Map<String, List<Integer>> AGES =
            Map.of("oracle.ping", List.of(120), "oracle.later", List.of(30, 60), "oracle.began", List.of(120, 180));

    /** The last time that is taken. */
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999Z");

    private final SplittableRandom random;
    private @Nullable Happening border;

    Times(SplittableRandom random) {
        this.random = random;
    }

    /** Some hours before the clocks of a zone are changed next. */
    static Instant beforeTheClocksChange(Instant after, SplittableRandom random) {
        var zone = ZoneId.of(List.of("Europe/Berlin", "America/New_York", "Australia/Lord_Howe")
                .get(random.nextInt(3)));
        return zone.getRules()
                .nextTransition(after.plus(Duration.ofDays(1)))
                .getInstant()
                .minus(Duration.ofHours(random.nextInt(1, 12)));
    }

    /** When the next events come: often in the same moment, often exactly when something ends, or just beside it. */
    Instant next(Instant now, List<Happening> known) {
        int kind = random.nextInt(20);
        border = null;
        if (kind < 3) {
            return now;
        }
        if (kind < 7) {
            return now.plus(micros(Duration.ofMinutes(20)));
        }
        if (kind < 9) {
            return now.plus(micros(Duration.ofHours(3)));
        }
        if (kind < 11) {
            var zone = ZoneId.of(any(ZONES));
            var hour = any(List.of(LocalTime.MIDNIGHT, LocalTime.of(2, 30), LocalTime.of(3, 0), LocalTime.of(9, 0)));
            return beside(now.atZone(zone)
                    .toLocalDate()
                    .plusDays(1)
                    .atTime(hour)
                    .atZone(zone)
                    .toInstant());
        }
        var ends = new ArrayList<Map.Entry<Happening, Instant>>();
        for (var one : known.subList(Math.max(0, known.size() - 20), known.size())) {
            MINUTES.getOrDefault(one.type(), List.of())
                    .forEach(minutes -> ends.add(Map.entry(one, one.recorded().plus(Duration.ofMinutes(minutes)))));
        }
        ends.removeIf(end -> !end.getValue().isAfter(now));
        if (ends.isEmpty()) {
            return now;
        }
        var end = any(ends);
        border = end.getKey();
        return beside(end.getValue());
    }

    /** What it was that ends at the time drawn last. */
    @Nullable
    Happening border() {
        return border;
    }

    /** When something happened that is recorded now. */
    Instant occurred(Instant now, String customer, String type, List<Happening> known) {
        int kind = random.nextInt(20);
        if (kind < 6) {
            return now;
        }
        if (kind < 8) {
            return now.minus(micros(Duration.ofHours(4)));
        }
        if (kind < 9) {
            return random.nextBoolean() ? now.plus(micros(Duration.ofHours(1))) : LATEST;
        }
        if (AGES.containsKey(type) && random.nextBoolean()) {
            return beside(now.minus(Duration.ofMinutes(any(AGES.get(type)))));
        }
        var partners = known.stream()
                .filter(one -> one.customer().equals(customer) && one.type().equals(PARTNERS.get(type)))
                .toList();
        if (partners.isEmpty()) {
            return now;
        }
        var beside =
                beside(partners.get(partners.size() - 1).occurred().plus(Duration.ofMinutes(any(APART.get(type)))));
        return beside.isAfter(LATEST) ? LATEST : beside;
    }

    private Duration micros(Duration upTo) {
        return Duration.of(random.nextLong(upTo.toNanos() / 1_000), ChronoUnit.MICROS);
    }

    /** The border itself more often than what is next to it. */
    private Instant beside(Instant border) {
        return border.plus(any(List.of(-1, 0, 0, 1)), ChronoUnit.MICROS);
    }

    private <T> T any(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }
}
