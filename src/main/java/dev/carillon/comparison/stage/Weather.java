package dev.carillon.comparison.stage;

import java.util.concurrent.atomic.AtomicInteger;

/** How the wire to the service fares: whether requests get through, and their answers back. Thread-safe. */
final class Weather {

    /** What becomes of a request. */
    enum Passage {
        THROUGH,
        /** The service takes it, and the connection ends before its answer arrives. */
        ANSWER_LOST,
        /** The connection ends before the service has read it. */
        REFUSED
    }

    private final AtomicInteger answersLost = new AtomicInteger();
    private final AtomicInteger refusals = new AtomicInteger();
    private volatile Runnable ended = () -> {};

    /** The next request that asks for something to be done loses its answer. */
    void loseNextAnswer() {
        answersLost.set(1);
    }

    /**
     * The next requests, of whatever kind, are refused: the service is down.
     *
     * @param back told when the last of them was refused
     */
    void refuse(int requests, Runnable back) {
        ended = back;
        refusals.set(requests);
    }

    Passage of(String requestLine) {
        if (refusals.get() > 0) {
            if (refusals.decrementAndGet() == 0) {
                ended.run();
            }
            return Passage.REFUSED;
        }
        return requestLine.startsWith("POST ") && answersLost.getAndUpdate(n -> Math.max(0, n - 1)) > 0
                ? Passage.ANSWER_LOST
                : Passage.THROUGH;
    }
}
