package dev.carillon.bench;

import io.vertx.core.buffer.Buffer;

/** A service with a PostgreSQL of its own that accepts work and does it. */
interface Contender extends AutoCloseable {

    HttpLoad http();

    Database database();

    Meter meter();

    /** Numbers nothing was submitted by yet. @return the first of so many */
    int numbers(int count);

    /** Submits one. */
    Buffer one(int number);

    /** Submits one that is due another day. */
    Buffer oneForLater(int number);

    /** Submits so many. */
    Buffer many(int number, int count);

    /** Submits so many that are due another day. */
    Buffer manyForLater(int number, int count);

    /** As many as could be accepted and not be sent yet: rows that are there at once, due now. */
    void due(int count) throws Exception;

    /** Deletes what is due another day. */
    void forgetLater() throws Exception;

    /** How much was sent so far. */
    long sent() throws Exception;

    /** What it costs until all is sent that the work submits; it must be so many, and each once. */
    default Cost costOfSending(int count, Meter.Work work) throws Exception {
        long before = sent();
        var cost = meter().costOf(count, () -> {
            work.run();
            drained();
        });
        mustHaveSent(before + count);
        return cost;
    }

    default void mustHaveSent(long expected) throws Exception {
        long sent = sent();
        if (sent != expected) {
            throw new AssertionError(sent + " were sent instead of " + expected);
        }
    }

    /** From the first that was sent since to the last. */
    double secondsOfSending(String since) throws Exception;

    /** Waits until all is done that is due. */
    void drained() throws Exception;

    /** How long after it was due each thing was sent that became due since. */
    Quantiles sentAfter(String since) throws Exception;

    @Override
    void close() throws Exception;
}
