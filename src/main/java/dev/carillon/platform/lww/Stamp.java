package dev.carillon.platform.lww;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.Comparator;

/**
 * When a value was set, and by which event: the later stamp wins. For equal times the journal position decides if the
 * time is that of recording, else the event's id, so that every order of arrival gives the same result.
 *
 * @param position its place in the journal where {@code at} is when it was recorded; 0 where it is when it happened
 */
@RegisterForReflection
public record Stamp(
        Instant at,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) long position,
        String by) implements Comparable<Stamp> {

    private static final Comparator<Stamp> ORDER =
            Comparator.comparing(Stamp::at).thenComparingLong(Stamp::position).thenComparing(Stamp::by);

    @Override
    public int compareTo(Stamp other) {
        return ORDER.compare(this, other);
    }
}
