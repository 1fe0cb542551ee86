package dev.carillon.eventsourced.rule;

/**
 * The text of one rule file.
 *
 * @param name how error messages call it, e.g. {@code ordering.yaml}
 * @param yaml a YAML list of rules
 */
public record RuleSource(String name, String yaml) {}
