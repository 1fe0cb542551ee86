package dev.carillon.platform.batch;

/** The queue is full. Answered as 503 with {@code Retry-After}: try again in a second. */
public final class Overloaded extends RuntimeException {

    public Overloaded() {
        super("more requests are waiting than can be committed", null, false, false);
    }
}
