package dev.carillon.bench;

/** What a number of things used: time in seconds, CPU time of all of them in microseconds, write-ahead log in bytes. */
record Cost(int count, double seconds, long serviceMicros, long databaseMicros, long walBytes) {

    /** The same in another time. */
    Cost in(double seconds) {
        return new Cost(count, seconds, serviceMicros, databaseMicros, walBytes);
    }

    double rate() {
        return count / seconds;
    }

    double micros() {
        return (double) (serviceMicros + databaseMicros) / count;
    }

    double serviceEach() {
        return (double) serviceMicros / count;
    }

    double databaseEach() {
        return (double) databaseMicros / count;
    }

    double walEach() {
        return (double) walBytes / count;
    }
}
