package dev.carillon.eventsourced.ruleset;

import dev.carillon.eventsourced.rule.InvalidRuleException;
import dev.carillon.eventsourced.rule.Rule;
import dev.carillon.eventsourced.rule.RuleBook;
import dev.carillon.eventsourced.rule.RuleSource;
import dev.carillon.eventsourced.ruleset.RuleChange.RuleChangeKind;
import dev.carillon.platform.rest.Preconditions;
import dev.carillon.platform.rest.ProblemException;
import dev.carillon.platform.rest.ProblemType;
import dev.carillon.platform.versions.DocumentState;
import dev.carillon.platform.versions.DocumentTransaction;
import dev.carillon.platform.versions.VersionedDocuments;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.function.Function;

/**
 * Carries out the API's changes to rules. A change is in force here when the call is answered, and on the other
 * replicas within a second.
 */
@ApplicationScoped
class RulePublisher {

    /** A usual rule takes some milliseconds. */
    static final Duration CHECKED_WITHIN = Duration.ofSeconds(10);

    private final RuleCompiler compiler;
    private final ActiveRules active;
    private final VersionedDocuments documents;
    private final PublishedRules published;

    RulePublisher(RuleCompiler compiler, ActiveRules active, VersionedDocuments documents, PublishedRules published) {
        this.compiler = compiler;
        this.active = active;
        this.documents = documents;
        this.published = published;
    }

    /** @param created whether nothing of this id was in force before */
    record RulePut(ActiveRule rule, boolean created) {}

    /** Compiles and checks the one rule of a text, away from the event loop; fails with {@link InvalidRuleException}. */
    Uni<ActiveRule> check(String tenant, RuleBody body) {
        return compiler.aside(
                        tenant,
                        bounds -> compiler.single(new RuleSource(RuleBody.NAME, body.text()), bounds),
                        CHECKED_WITHIN,
                        "")
                .map(RulePublisher::asPut);
    }

    Uni<RulePut> put(ActiveRule wanted, Preconditions expected, String by) {
        return change(expected, by, open -> put(wanted, expected, open))
                .map(created -> new RulePut(asInForce(wanted), created));
    }

    /** Takes a rule of the API away; the file's of the same id answers from then on, if there is one. */
    Uni<Void> delete(String id, Preconditions expected, String by) {
        return change(expected, by, open -> delete(inForce(id, expected, open), open));
    }

    /** Switches a rule on or off, whatever it says itself, until it is switched again: also in the versions to come. */
    Uni<ActiveRule> turn(String id, boolean on, Preconditions expected, String by) {
        return change(expected, by, open -> turn(inForce(id, expected, open), on, open))
                .map(done -> active.rules().get(id))
                .onItem()
                .ifNull()
                .failWith(() -> unknown(id));
    }

    private <T> Uni<T> change(Preconditions expected, String by, Function<DocumentTransaction, Uni<T>> work) {
        return upToDate(expected)
                .chain(() -> documents.change(PublishedRules.TOPIC, by, work))
                .call(published::refresh);
    }

    /** @return whether there was none of this id in force */
    private Uni<Boolean> put(ActiveRule wanted, Preconditions expected, DocumentTransaction open) {
        var rule = wanted.rule();
        var before = open.state(rule.id());
        verify(expected, before);
        var after = new DocumentState(rule.id(), before.fileVersion(), rule.version(), before.switched(), open.now());
        return (rule.version().equals(before.apiVersion())
                        ? Uni.createFrom().voidItem()
                        : open.put(RuleChangeKind.PUT.wire(), after, wanted.yaml()))
                .replaceWith(before.inForce() == null);
    }

    private static Uni<Void> delete(DocumentState before, DocumentTransaction open) {
        if (before.apiVersion() == null) {
            throw new ProblemException(
                    ProblemType.CONFLICT,
                    "Rule " + before.id()
                            + " is in a file. Remove it there, or switch it off with POST /api/v1/rules/" + before.id()
                            + "/disable");
        }
        var switched = before.fileVersion() == null ? null : before.switched();
        return open.change(
                RuleChangeKind.DELETED.wire(),
                new DocumentState(before.id(), before.fileVersion(), null, switched, open.now()));
    }

    private static Uni<Void> turn(DocumentState before, boolean on, DocumentTransaction open) {
        return before.switched() != null && before.switched() == on
                ? Uni.createFrom().voidItem()
                : open.change(
                        (on ? RuleChangeKind.ENABLED : RuleChangeKind.DISABLED).wire(),
                        new DocumentState(before.id(), before.fileVersion(), before.apiVersion(), on, before.since()));
    }

    private DocumentState inForce(String id, Preconditions expected, DocumentTransaction open) {
        var state = open.state(id);
        if (state.inForce() == null) {
            throw unknown(id);
        }
        verify(expected, state);
        return state;
    }

    /** A caller who switches nothing may also name the version: only the switch may have changed since. */
    private void verify(Preconditions expected, DocumentState state) {
        expected.verify(state.inForce() == null ? null : tag(state), state.switched() == null ? state.inForce() : null);
    }

    /** Changes since the last poll were not shown to anyone here, so nobody has their tag. */
    private String tag(DocumentState state) {
        var now = active.now();
        var shown = now.rules().get(state.id());
        return shown != null && state.equals(now.states().get(state.id()))
                ? RuleView.of(shown, compiler.channelsOf(shown.rule()), true).tag()
                : state.inForce() + "-changed";
    }

    /** A tag covers what is shown, so this replica must load others' changes before it compares one. */
    private Uni<Void> upToDate(Preconditions expected) {
        return expected.isSomething() ? published.refresh() : Uni.createFrom().voidItem();
    }

    static ProblemException unknown(String id) {
        return new ProblemException(ProblemType.NOT_FOUND, "No rule " + id + " is in force");
    }

    private static ActiveRule asPut(RuleBook book) {
        Rule rule = book.rules().get(0);
        return new ActiveRule(rule, book.text(rule.id()).orElseThrow().yaml(), RuleOrigin.API, null, null);
    }

    private ActiveRule asInForce(ActiveRule wanted) {
        var found = active.rules().get(wanted.rule().id());
        return found != null && found.rule().version().equals(wanted.rule().version()) ? found : wanted;
    }
}
