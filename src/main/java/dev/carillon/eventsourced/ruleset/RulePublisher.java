package dev.carillon.eventsourced.ruleset;

import dev.carillon.eventsourced.rule.InvalidRuleException;
import dev.carillon.eventsourced.rule.Rule;
import dev.carillon.eventsourced.rule.RuleBook;
import dev.carillon.eventsourced.rule.RuleSource;
import dev.carillon.eventsourced.ruleset.PgRuleChanges.RuleChangeRow;
import dev.carillon.eventsourced.ruleset.PgRuleChanges.RuleTextRow;
import dev.carillon.eventsourced.ruleset.RuleRecords.RuleWrite;
import dev.carillon.platform.rest.Preconditions;
import dev.carillon.platform.rest.ProblemException;
import dev.carillon.platform.rest.ProblemType;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Carries out the API's changes to rules. A change is in force here when the call is answered, and on the other
 * replicas within a second or two.
 */
@ApplicationScoped
class RulePublisher {

    /** A usual rule takes some milliseconds. */
    static final Duration CHECKED_WITHIN = Duration.ofSeconds(10);

    private final RuleCompiler compiler;
    private final ActiveRules shelf;
    private final RuleRecords records;
    private final RuleExchange exchange;

    RulePublisher(RuleCompiler compiler, ActiveRules shelf, RuleRecords records, RuleExchange exchange) {
        this.compiler = compiler;
        this.shelf = shelf;
        this.records = records;
        this.exchange = exchange;
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
                .map(this::asShelved);
    }

    Uni<RulePut> put(ActiveRule wanted, Preconditions expected, String by) {
        var rule = wanted.rule();
        return upToDate(expected)
                .chain(() -> records.change(by, (states, now) -> put(wanted, states.get(rule.id()), expected, now)))
                .call(exchange::exchange)
                .map(before -> new RulePut(asInForce(wanted), before == null || before.inForce() == null));
    }

    /** Takes a rule of the API away; the file's of the same id answers from then on, if there is one. */
    Uni<Void> delete(String id, Preconditions expected, String by) {
        return upToDate(expected)
                .chain(() -> records.change(by, (states, now) -> delete(id, inForce(states, id), expected, now)))
                .call(exchange::exchange)
                .replaceWithVoid();
    }

    /** Switches a rule on or off, whatever it says itself, until it is switched again: also in the versions to come. */
    Uni<ActiveRule> turn(String id, boolean on, Preconditions expected, String by) {
        return upToDate(expected)
                .chain(() -> records.change(by, (states, now) -> turn(id, inForce(states, id), on, expected)))
                .call(exchange::exchange)
                .map(done -> shelf.rules().get(id))
                .onItem()
                .ifNull()
                .failWith(() -> unknown(id));
    }

    private RuleWrite<@Nullable StoredRule> put(
            ActiveRule wanted, @Nullable StoredRule before, Preconditions expected, Instant now) {
        var rule = wanted.rule();
        verify(expected, before);
        if (before != null && rule.version().equals(before.apiVersion())) {
            return RuleWrite.nothing(before);
        }
        var after = new StoredRule(
                rule.id(),
                before == null ? null : before.fileVersion(),
                rule.version(),
                null,
                before == null ? null : before.switched(),
                now);
        return new RuleWrite<>(
                List.of(new RuleTextRow(rule.id(), rule.version(), wanted.yaml(), RuleOrigin.API, null)),
                List.of(new RuleChangeRow(RuleChange.RuleChangeKind.PUT, after)),
                before);
    }

    private RuleWrite<String> delete(String id, StoredRule before, Preconditions expected, Instant now) {
        verify(expected, before);
        if (before.apiVersion() == null) {
            throw new ProblemException(
                    ProblemType.CONFLICT,
                    "Rule " + id + " is in a file. Remove it there, or switch it off with POST /api/v1/rules/" + id
                            + "/disable");
        }
        var after = new StoredRule(
                id, before.fileVersion(), null, null, before.fileVersion() == null ? null : before.switched(), now);
        return new RuleWrite<>(List.of(), List.of(new RuleChangeRow(RuleChange.RuleChangeKind.DELETED, after)), id);
    }

    private RuleWrite<String> turn(String id, StoredRule before, boolean on, Preconditions expected) {
        verify(expected, before);
        if (before.switched() != null && before.switched() == on) {
            return RuleWrite.nothing(id);
        }
        var after = new StoredRule(id, before.fileVersion(), before.apiVersion(), null, on, before.since());
        return new RuleWrite<>(
                List.of(),
                List.of(new RuleChangeRow(
                        on ? RuleChange.RuleChangeKind.ENABLED : RuleChange.RuleChangeKind.DISABLED, after)),
                id);
    }

    /** A tag covers what is shown, so this replica must load others' changes before it compares one. */
    private Uni<Void> upToDate(Preconditions expected) {
        return expected.isSomething() ? exchange.exchange() : Uni.createFrom().voidItem();
    }

    /** A caller who switches nothing may also name the version: only the switch may have changed since. */
    private void verify(Preconditions expected, @Nullable StoredRule state) {
        if (state == null || state.inForce() == null) {
            expected.verify(null);
        } else {
            expected.verify(tag(state), state.switched() == null ? state.inForce() : null);
        }
    }

    /** Changes since the last poll were not shown to anyone here, so nobody has their tag. */
    private String tag(StoredRule state) {
        var now = shelf.now();
        var shown = now.rules().get(state.id());
        return shown != null && state.equals(now.stored().get(state.id()))
                ? RuleView.of(shown, compiler.channelsOf(shown.rule()), true).tag()
                : state.inForce() + "-changed";
    }

    private static StoredRule inForce(Map<String, StoredRule> states, String id) {
        var state = states.get(id);
        if (state == null || state.inForce() == null) {
            throw unknown(id);
        }
        return state;
    }

    static ProblemException unknown(String id) {
        return new ProblemException(ProblemType.NOT_FOUND, "No rule " + id + " is in force");
    }

    private ActiveRule asShelved(RuleBook book) {
        Rule rule = book.rules().get(0);
        return new ActiveRule(rule, book.text(rule.id()).orElseThrow().yaml(), RuleOrigin.API, null, null);
    }

    private ActiveRule asInForce(ActiveRule wanted) {
        var found = shelf.rules().get(wanted.rule().id());
        return found != null && found.rule().version().equals(wanted.rule().version()) ? found : wanted;
    }
}
