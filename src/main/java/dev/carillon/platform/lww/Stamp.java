package dev.carillon.platform.lww;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.Comparator;

/**
 * When something was said, and by which event: the later stamp wins. Between equal times the place in the journal decides where the
 * time is that of recording, and else the id, so that every order of arrival agrees.
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
