package dev.carillon.platform.postgres;

/**
 * A running server.
 *
 * @param version as in {@code 18.1}
 * @param pid the postmaster's process number
 */
record RunningServer(StartMode arrival, PostgresAddress address, String version, long pid) {

    RunningServer withArrival(StartMode other) {
        return new RunningServer(other, address, version, pid);
    }
}
