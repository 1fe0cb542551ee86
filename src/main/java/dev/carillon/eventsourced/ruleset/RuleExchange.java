package dev.carillon.eventsourced.ruleset;

import dev.carillon.eventsourced.rule.InvalidRuleException;
import dev.carillon.eventsourced.rule.InvalidRuleException.RuleProblem;
import dev.carillon.eventsourced.rule.RuleBook;
import dev.carillon.eventsourced.rule.RuleSource;
import dev.carillon.eventsourced.ruleset.RuleTrouble.Source;
import dev.carillon.platform.sql.PgFailures;
import dev.carillon.platform.versions.ChangeListener;
import io.quarkus.logging.Log;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps this replica and the database in sync: it writes what the files say, and loads what the API changed on any
 * replica.
 */
@ApplicationScoped
class RuleExchange implements ChangeListener {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final ActiveRules shelf;
    private final RuleCompiler compiler;
    private final PgRules store;
    private final RuleRecords records;
    private final RuleTrouble trouble;

    private volatile @Nullable RuleBook recorded;

    RuleExchange(ActiveRules shelf, RuleCompiler compiler, PgRules store, RuleRecords records, RuleTrouble trouble) {
        this.shelf = shelf;
        this.compiler = compiler;
        this.store = store;
        this.records = records;
        this.trouble = trouble;
    }

    /** Before the verticles: no event may be answered by a rule that the API has replaced or switched off. */
    void start(@Observes @Priority(150) StartupEvent started) {
        takeWhatIsNew().await().atMost(PATIENCE);
    }

    @Override
    public String topic() {
        return PgRules.TOPIC;
    }

    @Override
    public Uni<Void> heard(long changes) {
        return changes == shelf.now().revision()
                ? recordFiles()
                : recordFiles()
                        .chain(store::states)
                        .emitOn(Infrastructure.getDefaultWorkerPool())
                        .invoke(states -> take(states, changes))
                        .replaceWithVoid();
    }

    /** After a change, so that it holds here at once. When the database is away, the next poll of the feed brings it. */
    Uni<Void> exchange() {
        return takeWhatIsNew()
                .onFailure()
                .invoke(failure -> Log.warnf(
                        "changed rules will be in force with the next poll: cause=%s", PgFailures.nameOf(failure)))
                .onFailure()
                .recoverWithNull();
    }

    private Uni<Void> takeWhatIsNew() {
        return store.revision().chain(this::heard);
    }

    private Uni<Void> recordFiles() {
        var files = shelf.now().files();
        return files == recorded
                ? Uni.createFrom().voidItem()
                : records.filesAre(files).invoke(() -> recorded = files);
    }

    private void take(List<StoredRule> states, long revision) {
        var problems = new ArrayList<RuleProblem>();
        shelf.change(now ->
                revision <= now.revision() ? now : now.withStored(compiled(now, states, problems), states, revision));
        if (problems.isEmpty()) {
            trouble.taken(Source.API);
        } else {
            trouble.refused(Source.API, problems);
        }
    }

    /** A rule put by another release may not compile here. Then this rule stays as it was. */
    private HashMap<String, RuleSetSnapshot.PutRule> compiled(
            RuleSetSnapshot now, List<StoredRule> states, List<RuleProblem> problems) {
        var put = new HashMap<String, RuleSetSnapshot.PutRule>();
        for (var state : states) {
            if (state.apiVersion() != null && state.yaml() != null) {
                var before = now.put().get(state.id());
                try {
                    put.put(
                            state.id(),
                            before != null && before.rule().version().equals(state.apiVersion())
                                    ? before
                                    : compiled(state.id(), state.yaml()));
                } catch (InvalidRuleException broken) {
                    problems.addAll(broken.problems());
                    if (before != null) {
                        put.put(state.id(), before);
                    }
                }
            }
        }
        return put;
    }

    private RuleSetSnapshot.PutRule compiled(String id, String yaml) {
        var rule = compiler.single(new RuleSource("api:" + id, yaml)).rules().get(0);
        return new RuleSetSnapshot.PutRule(rule, yaml);
    }
}
