package dev.carillon.eventsourced.ruleset;

import dev.carillon.platform.files.BundledFiles;
import jakarta.enterprise.context.ApplicationScoped;

/** The JSON Schema of rule files, {@code docs/rules.schema.json}. */
@ApplicationScoped
class RuleSchema {

    private static final String FILE = "rules/rules.schema.json";

    private final String json = BundledFiles.required(FILE);

    String json() {
        return json;
    }
}
