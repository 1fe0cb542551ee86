package dev.carillon.eventsourced.rule;

import java.util.List;

/** The lines of a file, split once for all its rules. */
record SourceLines(RuleSource source, List<String> lines) {

    SourceLines(RuleSource source) {
        this(source, source.yaml().lines().toList());
    }
}
