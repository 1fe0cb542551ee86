package dev.carillon.platform.postgres;

/**
 * A server that answers.
 *
 * @param version as in {@code 18.1}
 * @param pid the postmaster's process number
 */
record RunningServer(Arrival arrival, PostgresAddress address, String version, long pid) {

    RunningServer withArrival(Arrival other) {
        return new RunningServer(other, address, version, pid);
    }
}
