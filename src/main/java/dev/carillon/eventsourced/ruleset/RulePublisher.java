package dev.carillon.eventsourced.ruleset;

import dev.carillon.eventsourced.rule.InvalidRuleException;
import dev.carillon.eventsourced.rule.InvalidRuleException.RuleProblem;
import dev.carillon.eventsourced.rule.Rule;
import dev.carillon.eventsourced.rule.RuleBook;
import dev.carillon.eventsourced.rule.RuleSource;
import dev.carillon.eventsourced.ruleset.RuleChange.RuleChangeKind;
import dev.carillon.platform.rest.Preconditions;
import dev.carillon.platform.rest.ProblemException;
import dev.carillon.platform.rest.ProblemType;
import dev.carillon.platform.versions.DocumentState;
import dev.carillon.platform.versions.DocumentTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;

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
    private final PublishedRules published;

    RulePublisher(RuleCompiler compiler, ActiveRules active, PublishedRules published) {
        this.compiler = compiler;
        this.active = active;
        this.published = published;
    }

    /** @param created whether nothing of this id was in force before */
    record RulePut(ActiveRule rule, boolean created) {}

    /** @param warnings what can be used, and is most likely not what its author meant */
    record CheckedRule(ActiveRule rule, List<RuleProblem> warnings) {}

    Uni<ActiveRule> check(String tenant, RuleBody body) {
        return checked(tenant, body).map(CheckedRule::rule);
    }

    /** Compiles and checks the one rule of a text, away from the event loop. What is wrong with it is a problem of the request. */
    Uni<CheckedRule> checked(String tenant, RuleBody body) {
        return compiler.aside(
                        tenant,
                        bounds -> compiler.single(new RuleSource(RuleBody.NAME, body.text()), bounds),
                        CHECKED_WITHIN,
                        "")
                .map(book -> new CheckedRule(asPut(book), book.warnings()))
                .onFailure(InvalidRuleException.class)
                .transform(RulePublisher::refused);
    }

    Uni<RulePut> put(ActiveRule wanted, Preconditions expected, String by) {
        return published
                .change(by, open -> put(wanted, expected, open))
                .map(created -> new RulePut(asInForce(wanted), created))
                .onFailure(InvalidRuleException.class)
                .transform(RulePublisher::refused);
    }

    private static ProblemException refused(Throwable invalid) {
        return new ProblemException(RuleProblems.of((InvalidRuleException) invalid));
    }

    /** Takes a rule of the API away; the file's of the same id answers from then on, if there is one. */
    Uni<Void> delete(String id, Preconditions expected, String by) {
        return published.change(by, open -> delete(inForce(id, expected, open), open));
    }

    /** Switches a rule on or off, whatever it says itself, until it is switched again: also in the versions to come. */
    Uni<ActiveRule> turn(String id, boolean on, Preconditions expected, String by) {
        return published
                .change(by, open -> turn(inForce(id, expected, open), on, open))
                .map(done -> active.rules().get(id))
                .onItem()
                .ifNull()
                .failWith(() -> unknown(id));
    }

    /** @return whether there was none of this id in force */
    private Uni<Boolean> put(ActiveRule wanted, Preconditions expected, DocumentTransaction open) {
        var rule = wanted.rule();
        var before = open.state(rule.id());
        verify(expected, before);
        compiler.requireTypes(RuleBody.NAME, rule);
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

    /** Nobody has the tag of a rule that this release cannot use: it was never shown. */
    private String tag(DocumentState state) {
        var shown = active.rules().get(state.id());
        return shown == null
                ? state.inForce() + "-unusable"
                : RuleView.of(shown, compiler.channelsOf(shown.rule()), true).tag();
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
