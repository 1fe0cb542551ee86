package dev.carillon.eventsourced.oracle;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A throttle: everything that went out, apart for each key, counted anew each time. */
abstract class Counting {

    private final int max;
    private final String words;
    private final Map<List<@Nullable String>, List<Instant>> sent = new HashMap<>();

    Counting(int max, String words) {
        this.max = max;
        this.words = words;
    }

    abstract boolean counts(Instant sent, Instant now, ZoneId zone);

    long count(List<Instant> sent, Instant now, ZoneId zone) {
        return sent.stream().filter(one -> counts(one, now, zone)).count();
    }

    /** For one recipient and one value of {@code by}. */
    RuleModel.Limit of(@Nullable String by, String customer) {
        var mine = sent.computeIfAbsent(List.of(String.valueOf(by), customer), key -> new ArrayList<>());
        return new RuleModel.Limit() {
            @Override
            public boolean refuses(Instant now, ZoneId zone) {
                return Counting.this.count(mine, now, zone) >= max;
            }

            @Override
            public void count(Instant at) {
                mine.add(at);
            }

            @Override
            public String words() {
                return (max == 1 && words.endsWith("today") ? words.substring(1) : max + words);
            }
        };
    }
}
