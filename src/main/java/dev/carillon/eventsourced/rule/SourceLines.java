package dev.carillon.eventsourced.rule;

import java.util.List;

/** The text of a file in lines, split once for all rules of it. */
record SourceLines(RuleSource source, List<String> lines) {

    SourceLines(RuleSource source) {
        this(source, source.yaml().lines().toList());
    }
}
