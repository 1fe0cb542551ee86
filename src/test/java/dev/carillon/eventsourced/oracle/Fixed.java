package dev.carillon.eventsourced.oracle;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A throttle of windows one after another: each opens at a send that is in none, and lasts its length, its end excluded. */
final class Fixed extends Counting {

    private final Duration length;

    Fixed(int max, Duration length) {
        super(max, " already sent within " + length);
        this.length = length;
    }

    @Override
    long count(List<Instant> sent, Instant now, ZoneId zone) {
        @Nullable Instant opened = null;
        long inside = 0;
        for (var one : sent) {
            if (opened == null || !one.isBefore(opened.plus(length))) {
                opened = one;
                inside = 0;
            }
            inside++;
        }
        return opened != null && now.isBefore(opened.plus(length)) ? inside : 0;
    }

    @Override
    boolean counts(Instant sent, Instant now, ZoneId zone) {
        throw new UnsupportedOperationException("one send alone does not say");
    }
}
