package dev.carillon.eventsourced.ruleset;

import dev.carillon.eventsourced.rule.InvalidRuleException;
import dev.carillon.eventsourced.rule.Rule;
import dev.carillon.eventsourced.rule.RuleBook;
import dev.carillon.eventsourced.rule.RuleSource;
import dev.carillon.eventsourced.ruleset.RuleTrouble.Source;
import dev.carillon.platform.files.Changes;
import dev.carillon.platform.jobs.Jobs;
import io.quarkus.logging.Log;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reloads changed rule files while the service runs, all of them or none.
 *
 * <p>It reads and compares the texts every second. A {@code WatchService} would miss changes: network mounts send no
 * events, Kubernetes replaces a mounted directory through a link, and two edits can have the same time and size. Rule
 * files are small. A change is taken when two polls in a row see the same, so a half-written file is no change.
 */
@ApplicationScoped
class RuleReload {

    private final RuleFiles files;
    private final RuleCompiler compiler;
    private final ActiveRules active;
    private final RuleTrouble trouble;

    private List<RuleSource> seen;
    private @Nullable List<RuleSource> tried;

    RuleReload(RuleFiles files, RuleCompiler compiler, ActiveRules active, RuleTrouble trouble) {
        this.files = files;
        this.compiler = compiler;
        this.active = active;
        this.trouble = trouble;
        this.seen = active.atStart();
        this.tried = seen;
    }

    void schedule(@Observes Jobs jobs) {
        if (files.canChange()) {
            jobs.job("rule-files").every("${carillon.rules.look-every:1s}").runBlocking(this::lookAtFiles);
        }
    }

    synchronized void lookAtFiles() {
        try {
            var texts = files.read();
            if (texts.equals(seen) && !texts.equals(tried)) {
                tried = texts;
                take(texts);
            }
            seen = texts;
        } catch (UncheckedIOException unreadable) {
            tried = null;
            trouble.because(Source.FILES, List.of(String.valueOf(unreadable.getMessage())));
        }
    }

    private static Map<String, String> versions(RuleBook book) {
        return book.rules().stream().collect(Collectors.toMap(Rule::id, rule -> rule.version() + rule.enabled()));
    }

    private void take(List<RuleSource> texts) {
        try {
            var book = compiler.compile(texts);
            var changed = Changes.between(versions(active.now().files()), versions(book));
            active.change(now -> now.withFiles(book));
            trouble.taken(Source.FILES);
            Log.infof("rules loaded: %s", changed.isEmpty() ? "no change" : String.join(", ", changed));
        } catch (InvalidRuleException broken) {
            tried = null; // a notification type that it names may come yet
            trouble.refused(Source.FILES, broken.problems());
        }
    }
}
