package dev.carillon.notification.throttle;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/**
 * Decides whether one more may go out. Sends count, refusals do not.
 *
 * <p>Decisions are not always made in the order of their times, so a send shortly after now counts like one shortly
 * before.
 */
public final class ThrottlePolicy {

    private ThrottlePolicy() {}

    /**
     * The answer.
     *
     * @param windowStart when the window opened that one more would count in
     * @param until       when one more would have stopped to count
     * @param detail      for people
     */
    public record ThrottleVerdict(boolean allowed, Instant windowStart, Instant until, String detail) {}

    /**
     * @param recent the latest sends of the throttle's key, at least as many as its max
     * @param zone   the recipient's
     */
    public static ThrottleVerdict judge(Throttle throttle, List<CountedSend> recent, Instant now, ZoneId zone) {
        if (throttle.window() instanceof ThrottleWindow.CalendarDay) {
            return day(throttle.max(), recent, now, zone);
        }
        if (throttle.window() instanceof ThrottleWindow.Fixed fixed) {
            return fixed(throttle.max(), fixed.length(), recent, now);
        }
        return sliding(throttle.max(), ((ThrottleWindow.Sliding) throttle.window()).length(), recent, now);
    }

    private static ThrottleVerdict day(int max, List<CountedSend> recent, Instant now, ZoneId zone) {
        var today = LocalDate.ofInstant(now, zone);
        var count = count(recent, send -> LocalDate.ofInstant(send.at(), zone).equals(today));
        var detail = count < max
                ? count + " of " + max + " today"
                : max == 1 ? "already sent today" : count + " already sent today";
        return new ThrottleVerdict(
                count < max,
                today.atStartOfDay(zone).toInstant(),
                today.plusDays(1).atStartOfDay(zone).toInstant(),
                detail);
    }

    private static ThrottleVerdict fixed(int max, Duration length, List<CountedSend> recent, Instant now) {
        var start = recent.stream()
                .map(CountedSend::windowStart)
                .filter(opened -> isNear(opened, now, length))
                .max(Comparator.naturalOrder())
                .orElse(now);
        return within(max, length, count(recent, send -> send.windowStart().equals(start)), start, start.plus(length));
    }

    private static ThrottleVerdict sliding(int max, Duration length, List<CountedSend> recent, Instant now) {
        return within(max, length, count(recent, send -> isNear(send.at(), now, length)), now, now.plus(length));
    }

    private static ThrottleVerdict within(int max, Duration length, long count, Instant start, Instant until) {
        var detail =
                count < max ? count + " of " + max + " within " + length : count + " already sent within " + length;
        return new ThrottleVerdict(count < max, start, until, detail);
    }

    private static boolean isNear(Instant one, Instant other, Duration length) {
        return Duration.between(one, other).abs().compareTo(length) < 0;
    }

    private static long count(List<CountedSend> recent, Predicate<CountedSend> counts) {
        return recent.stream().filter(counts).count();
    }
}
