package dev.carillon.notification.preference;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.carillon.notification.throttle.Throttle;
import dev.carillon.notification.throttle.ThrottleWindow;
import dev.carillon.platform.value.Blank;
import dev.carillon.platform.value.PlainDuration;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The most messages a customer takes in a window, whatever they are about. Its fields are those of a rule's {@code
 * throttle}.
 *
 * @param max    1 to {@value Throttle#MOST}
 * @param per    {@code calendar-day}, or a duration
 * @param window of a duration: {@code sliding} or {@code fixed}; null of a day
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FrequencyCap(int max, String per, @Nullable String window) {

    public static final String SLIDING = "sliding";
    public static final String FIXED = "fixed";
    public static final List<String> WINDOWS = List.of(SLIDING, FIXED);

    public FrequencyCap {
        window = Blank.isAbsent(window) ? per.equals(ThrottleWindow.CALENDAR_DAY) ? null : SLIDING : window;
        if (max < 1 || max > Throttle.MOST || windowOf(per, window).isEmpty()) {
            throw new IllegalArgumentException("no frequency cap: max=" + max + " per=" + per + " window=" + window);
        }
    }

    /** Empty if these values are no valid cap. */
    public static Optional<FrequencyCap> of(int max, String per, @Nullable String window) {
        return max < 1 || max > Throttle.MOST || windowOf(per, window).isEmpty()
                ? Optional.empty()
                : Optional.of(new FrequencyCap(max, per, window));
    }

    /** @param key the key under which all of a customer's notifications are counted */
    public Throttle asThrottle(String key) {
        return new Throttle(key, max, windowOf(per, window).orElseThrow());
    }

    /** The window left out is a sliding one; a day has none to choose. */
    private static Optional<ThrottleWindow> windowOf(String per, @Nullable String window) {
        if (per.equals(ThrottleWindow.CALENDAR_DAY)) {
            return Blank.isAbsent(window) ? Optional.of(ThrottleWindow.calendarDay()) : Optional.empty();
        }
        return PlainDuration.of(per).flatMap(length -> switch (window == null || Blank.is(window) ? SLIDING : window) {
            case SLIDING -> Optional.of(ThrottleWindow.sliding(length));
            case FIXED -> Optional.of(ThrottleWindow.fixed(length));
            default -> Optional.empty();
        });
    }
}
