package dev.carillon.eventsourced.ruleset;

import dev.carillon.eventsourced.rule.InvalidRuleException;
import dev.carillon.eventsourced.rule.InvalidRuleException.RuleProblem;
import dev.carillon.eventsourced.rule.Rule;
import dev.carillon.eventsourced.rule.RuleBook;
import dev.carillon.eventsourced.rule.RuleSource;
import dev.carillon.eventsourced.ruleset.RuleTrouble.Source;
import dev.carillon.platform.files.Changes;
import dev.carillon.platform.files.FileReload;
import dev.carillon.platform.jobs.Jobs;
import io.quarkus.logging.Log;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Reloads changed rule files. */
@Singleton
class RuleReload extends FileReload<List<RuleSource>> {

    private final RuleFiles files;
    private final RuleCompiler compiler;
    private final ActiveRules active;
    private final RuleTrouble trouble;

    RuleReload(RuleFiles files, RuleCompiler compiler, ActiveRules active, RuleTrouble trouble) {
        super(active.atStart());
        this.files = files;
        this.compiler = compiler;
        this.active = active;
        this.trouble = trouble;
    }

    void schedule(@Observes Jobs jobs) {
        if (files.canChange()) {
            jobs.job("rule-files").every("${carillon.rules.look-every:1s}").runBlocking(this::look);
        }
    }

    @Override
    protected List<RuleSource> read() {
        return files.read();
    }

    @Override
    protected List<String> take(List<RuleSource> texts) {
        try {
            var book = compiler.compile(texts);
            var changed = Changes.between(versions(active.now().files()), versions(book));
            active.change(now -> now.withFiles(book));
            trouble.taken(Source.FILES);
            Log.infof("rules loaded: %s", changed.isEmpty() ? "no change" : String.join(", ", changed));
            return List.of();
        } catch (InvalidRuleException broken) {
            return broken.problems().stream().map(RuleProblem::toString).toList();
        }
    }

    @Override
    protected void refused(List<String> problems) {
        trouble.refused(Source.FILES, problems);
    }

    private static Map<String, String> versions(RuleBook book) {
        return book.rules().stream().collect(Collectors.toMap(Rule::id, rule -> rule.version() + rule.enabled()));
    }
}
