package dev.carillon.platform.value;

import java.util.stream.Stream;

/** A failure and what it was caused by. */
public final class Causes {

    private static final int LINKS = 20;

    private Causes() {}

    /** Outermost first, and no longer than a chain can be in earnest. */
    public static Stream<Throwable> of(Throwable failure) {
        return Stream.iterate(failure, link -> link != null, Throwable::getCause)
                .limit(LINKS);
    }
}
