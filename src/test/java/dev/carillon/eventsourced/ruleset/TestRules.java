package dev.carillon.eventsourced.ruleset;

import dev.carillon.eventsourced.event.EventSchemas;
import dev.carillon.eventsourced.rule.RuleBook;
import dev.carillon.eventsourced.rule.RuleSource;
import dev.carillon.notification.template.Categories;
import dev.carillon.notification.template.Templates;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Rules without a database, for what is decided before one is asked. */
final class TestRules {

    private static final RuleCompiler COMPILER = newCompiler();

    private TestRules() {}

    static RuleCompiler compiler() {
        return COMPILER;
    }

    static RuleCompiler newCompiler() {
        return new RuleCompiler(new Templates(new Categories()), SchemaShapes.of(new EventSchemas(Optional.empty())));
    }

    static RuleFiles bundled() {
        return new RuleFiles(new Settings(Optional.empty()));
    }

    static RuleFiles directory(Path directory) {
        return new RuleFiles(new Settings(Optional.of(directory)));
    }

    static ActiveRules active(RuleFiles files) {
        return new ActiveRules(files, COMPILER, null);
    }

    static RuleBook book(String yaml) {
        return COMPILER.compile(List.of(new RuleSource("test.yaml", yaml)));
    }

    private record Settings(Optional<Path> path) implements RuleSettings {
        @Override
        public Duration lookEvery() {
            return Duration.ofSeconds(1);
        }
    }
}
