package dev.carillon.eventsourced.rule;

/** A place in a rule file, both 1-based. */
record Position(int line, int column) {

    Position right(int columns) {
        return new Position(line, column + columns);
    }
}
