package dev.carillon.platform.batch;

/** The queue is full: come back in a second. Answered as 503 with {@code Retry-After}. */
public final class Overloaded extends RuntimeException {

    public Overloaded() {
        super("more requests are waiting than can be committed", null, false, false);
    }
}
