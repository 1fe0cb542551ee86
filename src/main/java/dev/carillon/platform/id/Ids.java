package dev.carillon.platform.id;

import com.github.f4b6a3.ulid.Ulid;
import com.github.f4b6a3.ulid.UlidFactory;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;

/**
 * Creates ULIDs (26 characters of Crockford's base 32). They rise within this process, even in the same millisecond.
 * The time in the first ten characters is the row's {@code created_at}, so the id alone gives the partition.
 */
@ApplicationScoped
public class Ids {

    private final UlidFactory factory;
    private final Clock clock;

    public Ids(Clock clock) {
        this.clock = clock;
        this.factory = UlidFactory.newMonotonicInstance();
    }

    public String next() {
        return factory.create(clock.millis()).toString();
    }

    public Instant now() {
        return clock.instant();
    }

    /** An id that is the same whenever it is made again: of a time and ten bytes that stand for chance. */
    public static String of(Instant time, byte[] chance) {
        return new Ulid(time.toEpochMilli(), chance).toString();
    }

    /** The time an id was made at, in whole milliseconds. */
    public static Instant timeOf(String id) {
        return Ulid.getInstant(id);
    }

    public static boolean isId(String text) {
        return Ulid.isValid(text) && text.length() == 26;
    }
}
