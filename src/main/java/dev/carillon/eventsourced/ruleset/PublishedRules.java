package dev.carillon.eventsourced.ruleset;

import dev.carillon.eventsourced.rule.InvalidRuleException;
import dev.carillon.eventsourced.rule.Rule;
import dev.carillon.eventsourced.rule.RuleBook;
import dev.carillon.eventsourced.rule.RuleSource;
import dev.carillon.eventsourced.ruleset.RuleChange.RuleChangeKind;
import dev.carillon.eventsourced.ruleset.RuleTrouble.Source;
import dev.carillon.platform.versions.DocumentState;
import dev.carillon.platform.versions.DocumentTransaction;
import dev.carillon.platform.versions.DocumentTransaction.StateChange;
import dev.carillon.platform.versions.DocumentVersion;
import dev.carillon.platform.versions.PublishedDocuments;
import dev.carillon.platform.versions.VersionedDocuments;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keeps this replica and the database in sync: it records what the files say, and loads what the API changed on any
 * replica.
 */
@Singleton
class PublishedRules extends PublishedDocuments<Rule> {

    static final String TOPIC = "rules";

    private final ActiveRules active;
    private final RuleCompiler compiler;
    private final VersionedDocuments documents;
    private final RuleTrouble trouble;

    private volatile @Nullable RuleBook recorded;

    PublishedRules(ActiveRules active, RuleCompiler compiler, VersionedDocuments documents, RuleTrouble trouble) {
        super(documents, TOPIC, InvalidRuleException.class);
        this.active = active;
        this.compiler = compiler;
        this.documents = documents;
        this.trouble = trouble;
    }

    /** After the files are compiled, on no event loop; before the verticles, so that no event is answered by a rule that was replaced. */
    void start(@Observes @Priority(160) StartupEvent started) {
        loadAtStart();
    }

    @Override
    public Uni<Void> heard(long changes) {
        var files = active.now().files();
        var upToDate =
                files == recorded ? Uni.createFrom().voidItem() : record(files).invoke(() -> recorded = files);
        return upToDate.chain(() -> super.heard(changes));
    }

    @Override
    protected Rule compile(DocumentVersion version) {
        return compiler.single(new RuleSource("api:" + version.id(), version.content()))
                .rules()
                .get(0);
    }

    @Override
    protected void use(
            Map<String, CompiledDocument<Rule>> published, List<DocumentState> states, List<String> problems) {
        active.change(now -> now.withStored(published, states));
        if (problems.isEmpty()) {
            trouble.taken(Source.API);
        } else {
            trouble.refused(Source.API, problems);
        }
    }

    /** What the files said before and do not say now is no longer in force. */
    private Uni<Void> record(RuleBook files) {
        return documents.change(TOPIC, null, open -> {
            var changes = changes(files, open);
            var versions = files.rules().stream()
                    .map(rule -> version(rule, files, open.now()))
                    .toList();
            return changes.isEmpty() ? Uni.createFrom().voidItem() : open.change(versions, changes);
        });
    }

    private static List<StateChange> changes(RuleBook files, DocumentTransaction open) {
        var changes = new ArrayList<StateChange>();
        for (var rule : files.rules()) {
            var state = open.state(rule.id());
            if (!rule.version().equals(state.fileVersion())) {
                changes.add(new StateChange(
                        RuleChangeKind.FILE_CHANGED.wire(), withFile(state, rule.version(), open.now())));
            }
        }
        for (var state : open.states()) {
            if (state.fileVersion() != null && files.rule(state.id()).isEmpty()) {
                changes.add(new StateChange(RuleChangeKind.FILE_REMOVED.wire(), withFile(state, null, open.now())));
            }
        }
        return changes;
    }

    private static DocumentState withFile(DocumentState before, @Nullable String version, Instant now) {
        return new DocumentState(
                before.id(),
                version,
                before.apiVersion(),
                before.switched(),
                before.apiVersion() == null ? now : before.since());
    }

    private static DocumentVersion version(Rule rule, RuleBook files, Instant now) {
        var text = files.text(rule.id()).orElseThrow();
        return new DocumentVersion(rule.id(), rule.version(), text.yaml(), text.file(), now, null);
    }
}
