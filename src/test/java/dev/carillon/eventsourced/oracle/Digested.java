package dev.carillon.eventsourced.oracle;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code digest}: many become one, by a wait, by quiet with a limit, or at times of day where the customer is. */
abstract class Digested extends RuleModel {

    private final int min;
    private final int max;
    private final boolean factsOnce;
    private final Map<List<String>, Open> open = new HashMap<>();

    /** What one customer will be told together. */
    private final class Open {

        private final Instant opened = course().now();
        private final List<Happening> items = new ArrayList<>();
        private Course.@Nullable Due due;
    }

    private Digested(String id, int min, int max, boolean factsOnce, String clauses) {
        super(id, clauses);
        this.min = min;
        this.max = max;
        this.factsOnce = factsOnce;
    }

    static RuleModel waiting() {
        return new Digested("oracle-digest", 2, 4, false, """
                on: oracle.item
                digest: { wait: PT30M, max-items: 4, min-items: 2, by: "${event.data.item}" }
                """) {
            @Override
            Instant closes(Instant opened, String customer) {
                return opened.plus(Duration.ofMinutes(30));
            }
        };
    }

    static RuleModel quiet() {
        return new Digested("oracle-digest-quiet", 1, 50, true, """
                on: oracle.item
                digest: { wait: PT10M, max-wait: PT25M }
                once: "oracle-digest-quiet/${event.data.fact}/${customer.id}"
                """) {
            @Override
            Instant closes(Instant opened, String customer) {
                var quiet = course().now().plus(Duration.ofMinutes(10));
                var latest = opened.plus(Duration.ofMinutes(25));
                return quiet.isAfter(latest) ? latest : quiet;
            }
        };
    }

    static RuleModel daily() {
        return new Digested("oracle-digest-daily", 1, 50, false, """
                on: oracle.item
                digest: { at: ["02:30", "09:00"] }
                """) {
            @Override
            Instant closes(Instant opened, String customer) {
                var zone = zoneOf(customer);
                var next = opened.truncatedTo(ChronoUnit.MINUTES).plusSeconds(60);
                while (!isTime(next, zone)) {
                    next = next.plusSeconds(60);
                }
                return next;
            }
        };
    }

    /** Whether it is half past two or nine, for the first time that day, or the clocks were just put forward over one of them. */
    private static boolean isTime(Instant time, ZoneId zone) {
        var before = time.minusSeconds(60).atZone(zone).toLocalDateTime();
        var now = time.atZone(zone).toLocalDateTime();
        var hourBefore = time.minusSeconds(3_600).atZone(zone).toLocalDateTime();
        var halfBefore = time.minusSeconds(1_800).atZone(zone).toLocalDateTime();
        for (var hour : List.of(LocalTime.of(2, 30), LocalTime.of(9, 0))) {
            var local = now.toLocalDate().atTime(hour);
            boolean again = hourBefore.equals(local) || halfBefore.equals(local);
            if (!again && before.isBefore(local) && !now.isBefore(local)) {
                return true;
            }
        }
        return false;
    }

    abstract Instant closes(Instant opened, String customer);

    @Override
    void hears(Happening event) {
        if (!event.type().equals("oracle.item")) {
            return;
        }
        var item = event.text("item");
        if (min > 1 && item == null) {
            ignore(event, event.customer(), "VARIABLE_MISSING", "");
            return;
        }
        digested(event, event.customer());
        var key = List.of(event.customer(), min > 1 ? String.valueOf(item) : "");
        var digest = open.computeIfAbsent(key, one -> new Open());
        digest.items.add(event);
        boolean full = digest.items.size() == max;
        var end = full ? course().now() : closes(digest.opened, event.customer());
        if (digest.due == null) {
            digest.due = course().at(end, event, () -> {
                open.remove(key, digest);
                close(digest, event.customer());
            });
        } else {
            digest.due.moveTo(end.isBefore(course().now()) ? course().now() : end);
        }
        if (full) {
            open.remove(key);
        }
    }

    private void close(Open digest, String customer) {
        var last = digest.items.get(digest.items.size() - 1);
        long count = factsOnce
                ? digest.items.stream()
                        .map(item -> item.text("fact"))
                        .distinct()
                        .count()
                : digest.items.size();
        if (count < min) {
            digest.items.forEach(
                    item -> ignore(item, customer, "CONDITION_FALSE", count + " of at least " + min + " items"));
        } else {
            send(last, customer, null, null, count + " items");
        }
    }
}
