package dev.carillon.notification.preference;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonValue;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A customer's quiet hours, in local time. A window includes its start and excludes its end, may span midnight, and is
 * empty if both are equal. A local time that a day does not have is the first instant after the gap; one that occurs
 * twice is the first. Windows that cover the whole day would silence the customer for ever, so they count as none.
 */
@RegisterForReflection
public record QuietHours(@JsonValue List<Window> windows) {

    public static final QuietHours NONE = new QuietHours(List.of());

    @JsonCreator
    public QuietHours(@Nullable List<Window> windows) {
        this.windows = windows == null ? List.of() : List.copyOf(windows);
    }

    /** From {@code start} up to and without {@code end}, every day. */
    @RegisterForReflection
    public record Window(
            @JsonFormat(pattern = "HH:mm") LocalTime start,
            @JsonFormat(pattern = "HH:mm") LocalTime end) {

        @JsonIgnore
        boolean isOff() {
            return start.equals(end);
        }

        private Span on(LocalDate day, ZoneId zone) {
            return new Span(
                    instant(day.atTime(start), zone),
                    instant(
                            end.isAfter(start)
                                    ? day.atTime(end)
                                    : day.plusDays(1).atTime(end),
                            zone));
        }
    }

    private record Span(Instant start, Instant end) {

        boolean holds(Instant at) {
            return !at.isBefore(start) && at.isBefore(end);
        }
    }

    /** When it is over, of the quiet that reigns at {@code at}; empty when none does. */
    public Optional<Instant> until(Instant at, ZoneId zone) {
        var over = at;
        for (int joined = 0; joined <= windows.size(); joined++) {
            var next = end(over, zone);
            if (next.isEmpty()) {
                return joined == 0 ? Optional.empty() : Optional.of(over);
            }
            over = next.get();
        }
        return Optional.empty();
    }

    /** Whether the windows cover the whole day, so that they count as none. */
    public boolean leaveNoHour() {
        var start = Instant.EPOCH;
        return end(start, ZoneOffset.UTC).isPresent()
                && until(start, ZoneOffset.UTC).isEmpty();
    }

    /** When it begins next, after {@code at}; empty when it never does. */
    public Optional<Instant> next(Instant at, ZoneId zone) {
        return spans(at, zone)
                .map(Span::start)
                .filter(start -> start.isAfter(at))
                .min(Comparator.naturalOrder());
    }

    private Optional<Instant> end(Instant at, ZoneId zone) {
        return spans(at, zone).filter(span -> span.holds(at)).map(Span::end).max(Comparator.naturalOrder());
    }

    /** Yesterday's may not be over yet, and tomorrow's is the next to begin. */
    private Stream<Span> spans(Instant at, ZoneId zone) {
        var today = at.atZone(zone).toLocalDate();
        return windows.stream()
                .filter(window -> !window.isOff())
                .flatMap(window ->
                        Stream.of(today.minusDays(1), today, today.plusDays(1)).map(day -> window.on(day, zone)));
    }

    private static Instant instant(LocalDateTime wall, ZoneId zone) {
        var offsets = zone.getRules().getValidOffsets(wall);
        return offsets.isEmpty() ? zone.getRules().getTransition(wall).getInstant() : wall.toInstant(offsets.get(0));
    }
}
