package dev.carillon.eventsourced.ruleset;

import dev.carillon.eventsourced.rule.Rule;
import dev.carillon.eventsourced.rule.RuleBook;
import dev.carillon.eventsourced.ruleset.PgRuleChanges.RuleChangeRow;
import dev.carillon.eventsourced.ruleset.PgRuleChanges.RuleTextRow;
import dev.carillon.platform.sql.Transactions;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Records changes of rules under the one lock: the text, the new state, the history, and a new revision. */
@ApplicationScoped
class RuleRecords {

    private final Transactions transactions;
    private final PgRules store;
    private final PgRuleChanges changes;
    private final Clock clock;

    RuleRecords(Transactions transactions, PgRules store, PgRuleChanges changes, Clock clock) {
        this.transactions = transactions;
        this.store = store;
        this.changes = changes;
        this.clock = clock;
    }

    /** The result of a change; {@code answer} goes to the caller. */
    record RuleWrite<T>(List<RuleTextRow> texts, List<RuleChangeRow> changes, T answer) {
        static <T> RuleWrite<T> nothing(T answer) {
            return new RuleWrite<>(List.of(), List.of(), answer);
        }
    }

    /** Decides on the states as they are, with all other changes kept out, and writes what was decided. */
    <T> Uni<T> change(@Nullable String by, Decide<T> decide) {
        var now = clock.instant();
        return transactions.inTransaction(tx -> store.lockedStates(tx)
                .map(states ->
                        decide.on(states.stream().collect(Collectors.toMap(StoredRule::id, Function.identity())), now))
                .call(written -> write(tx, written, now, by))
                .map(RuleWrite::answer));
    }

    /** Computes the change from the current states by id, and the time. */
    @FunctionalInterface
    interface Decide<T> {
        RuleWrite<T> on(Map<String, StoredRule> states, Instant now);
    }

    /** The files say this; what they said before and do not say now is no longer in force. */
    Uni<Void> filesAre(RuleBook files) {
        return change(null, (states, now) -> {
                    var found = new ArrayList<RuleChangeRow>();
                    files.rules().forEach(rule -> changed(rule, states.get(rule.id()), now, found));
                    states.values().stream()
                            .filter(state -> state.fileVersion() != null
                                    && files.rule(state.id()).isEmpty())
                            .forEach(state -> found.add(new RuleChangeRow(
                                    RuleChange.RuleChangeKind.FILE_REMOVED, withFile(state, null, now))));
                    return new RuleWrite<>(
                            found.isEmpty()
                                    ? List.of()
                                    : files.rules().stream()
                                            .map(rule -> text(rule, files))
                                            .toList(),
                            found,
                            "");
                })
                .replaceWithVoid();
    }

    private static void changed(Rule rule, @Nullable StoredRule state, Instant now, List<RuleChangeRow> found) {
        if (state == null) {
            found.add(new RuleChangeRow(
                    RuleChange.RuleChangeKind.FILE_CHANGED,
                    new StoredRule(rule.id(), rule.version(), null, null, null, now)));
        } else if (!rule.version().equals(state.fileVersion())) {
            found.add(new RuleChangeRow(RuleChange.RuleChangeKind.FILE_CHANGED, withFile(state, rule.version(), now)));
        }
    }

    private static StoredRule withFile(StoredRule state, @Nullable String version, Instant now) {
        return new StoredRule(
                state.id(),
                version,
                state.apiVersion(),
                null,
                state.switched(),
                state.apiVersion() == null ? now : state.since());
    }

    private static RuleTextRow text(Rule rule, RuleBook files) {
        var text = files.text(rule.id()).orElseThrow();
        return new RuleTextRow(rule.id(), rule.version(), text.yaml(), RuleOrigin.FILE, text.file());
    }

    private Uni<Void> write(Tx tx, RuleWrite<?> written, Instant now, @Nullable String by) {
        return written.changes().isEmpty()
                ? Uni.createFrom().voidItem()
                : changes.write(tx, written.texts(), written.changes(), now, by).chain(() -> store.bump(tx));
    }
}
