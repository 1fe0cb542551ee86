package dev.carillon.eventsourced.replay;

/** What two memories know as of the same position, each in one hash. */
record Hashes(String live, String rebuilt) {

    boolean equal() {
        return live.equals(rebuilt);
    }
}
