package dev.carillon.eventsourced.replay;

/** The hashes of two memories as of the same position, to compare them. */
record Hashes(String live, String rebuilt) {

    boolean equal() {
        return live.equals(rebuilt);
    }
}
