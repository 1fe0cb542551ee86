package dev.carillon.bench;

import java.util.Locale;

/** What a number of things used: time in seconds, CPU time of all of them in microseconds, write-ahead log in bytes. */
record Cost(int count, double seconds, double acceptedSeconds, long serviceMicros, long databaseMicros, long walBytes) {

    Cost acceptedIn(double seconds) {
        return new Cost(count, this.seconds, seconds, serviceMicros, databaseMicros, walBytes);
    }

    /** The same, shared by another number of things. */
    Cost of(int count) {
        return new Cost(count, seconds, acceptedSeconds, serviceMicros, databaseMicros, walBytes);
    }

    /** By the piece. */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%6d in %5.1f s (%5.0f/s), accepted in %5.1f s (%5.0f/s): CPU %4.0f us = service %4.0f + PostgreSQL %4.0f; WAL %5d bytes",
                count,
                seconds,
                count / seconds,
                acceptedSeconds,
                count / acceptedSeconds,
                each(serviceMicros + databaseMicros),
                each(serviceMicros),
                each(databaseMicros),
                walBytes / count);
    }

    private double each(long all) {
        return all / (double) count;
    }
}
