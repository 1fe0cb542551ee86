package dev.carillon.eventsourced.audit;

import dev.carillon.eventsourced.audit.Explanation.OfRule;
import dev.carillon.eventsourced.audit.PgEventAudit.JournalEntry;
import dev.carillon.eventsourced.reaction.AsOfEvaluation;
import dev.carillon.eventsourced.reaction.AsOfEvaluation.AsOfDecision;
import dev.carillon.eventsourced.rule.Decision.Ignore;
import dev.carillon.eventsourced.rule.Rule;
import dev.carillon.eventsourced.ruleset.ActiveRules;
import dev.carillon.eventsourced.ruleset.RulesThen;
import dev.carillon.notification.tracking.DecisionView;
import dev.carillon.notification.tracking.Decisions;
import dev.carillon.platform.sql.Transactions;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Builds explanations. It evaluates the rules' gates again on the facts as of the event, with the rule versions then in
 * force. The later gates (business key, throttle, preference, address) come from the record.
 */
@ApplicationScoped
class Explanations {

    private final PgEventAudit store;
    private final Transactions transactions;
    private final Decisions decisions;
    private final AsOfEvaluation asOfEvaluation;
    private final ActiveRules activeRules;
    private final RulesThen rulesThen;
    private final OutcomeChanges changes;

    Explanations(
            PgEventAudit store,
            Transactions transactions,
            Decisions decisions,
            AsOfEvaluation asOfEvaluation,
            ActiveRules activeRules,
            RulesThen rulesThen,
            OutcomeChanges changes) {
        this.store = store;
        this.transactions = transactions;
        this.decisions = decisions;
        this.asOfEvaluation = asOfEvaluation;
        this.activeRules = activeRules;
        this.rulesThen = rulesThen;
        this.changes = changes;
    }

    /** Empty when the tenant has no such event. */
    Uni<Optional<Explanation>> explain(String tenant, String eventId, @Nullable String source, String customerId) {
        return transactions
                .inTransaction(tx -> store.find(tx, tenant, eventId, source)
                        .chain(found -> found.isEmpty()
                                ? Uni.createFrom().item(Optional.<Explanation>empty())
                                : explain(tx, found.get(), customerId).map(Optional::of)))
                .chain(explained -> explained.isEmpty()
                        ? Uni.createFrom().item(explained)
                        : withRulesNotThen(explained.get()).map(Optional::of));
    }

    /** Those that are asked now and were not then; outside the transaction, for their history is read with another connection. */
    private Uni<Explanation> withRulesNotThen(Explanation explained) {
        return rulesThen
                .notThen(explained.recordedAt(), rule -> rule.listensTo(explained.eventType()))
                .map(explained::with);
    }

    /** Without the rules that were not asked. */
    Uni<Explanation> explain(Tx tx, JournalEntry entry, String customerId) {
        var event = entry.recorded().event();
        return rules(tx, entry)
                .chain(rules -> asOfEvaluation
                        .answers(tx, entry.recorded(), customerId, rules)
                        .chain(answers -> decisions
                                .ofCustomer(
                                        tx,
                                        event.tenant(),
                                        entry.eventRef(),
                                        customerId,
                                        rules.stream().map(Rule::id).toList())
                                .map(written -> ofRules(answers, written)))
                        .chain(explained -> withChanges(tx, entry, customerId, rules, explained)))
                .map(explained -> explanation(entry, customerId, explained));
    }

    private Uni<List<OfRule>> withChanges(
            Tx tx, JournalEntry entry, String customerId, List<Rule> rules, List<OfRule> explained) {
        var byId = rules.stream().collect(Collectors.toMap(Rule::id, Function.identity(), (one, same) -> one));
        return Multi.createFrom()
                .iterable(explained)
                .onItem()
                .transformToUniAndConcatenate(one -> {
                    var refusal = one.verdict().equals("not-told") ? one.refusal() : null;
                    var rule = byId.get(one.ruleId());
                    return refusal == null || rule == null
                            ? Uni.createFrom().item(one)
                            : changes.of(tx, entry.recorded(), customerId, rule, refusal)
                                    .map(one::with);
                })
                .collect()
                .asList();
    }

    /** The rules that were asked then. For an event without an answer so far, those that will be. */
    private Uni<List<Rule>> rules(Tx tx, JournalEntry entry) {
        var event = entry.recorded().event();
        if (!entry.answered()) {
            return Uni.createFrom().item(activeRules.book().listeningTo(event.type()));
        }
        return decisions
                .rulesOf(tx, event.tenant(), entry.eventRef())
                .chain(versions -> Multi.createFrom()
                        .iterable(versions)
                        .onItem()
                        .transformToUniAndConcatenate(activeRules::version)
                        .filter(Optional::isPresent)
                        .map(Optional::get)
                        .collect()
                        .asList());
    }

    private static List<OfRule> ofRules(List<AsOfDecision> answers, List<DecisionView> written) {
        var byRule =
                new LinkedHashMap<String, OfRule>(); // a rule that was asked twice, about two events, has one last word
        answers.forEach(answer -> byRule.putIfAbsent(
                answer.rule().id(),
                ofRule(
                        answer,
                        written.stream()
                                .filter(one -> answer.rule().id().equals(one.ruleId()))
                                .toList())));
        return List.copyOf(byRule.values());
    }

    private static Explanation explanation(JournalEntry entry, String customerId, List<OfRule> rules) {
        var event = entry.recorded().event();
        return new Explanation(
                event.id(),
                event.type(),
                entry.recorded().recordedAt(),
                customerId,
                entry.answered(),
                summary(entry, rules),
                rules,
                List.of());
    }

    private static OfRule ofRule(AsOfDecision answer, List<DecisionView> written) {
        var rule = answer.rule();
        if (!written.isEmpty()) {
            var last = written.get(written.size() - 1);
            return new OfRule(
                    rule.id(),
                    rule.version(),
                    rule.description(),
                    verdict(last),
                    last.reason(),
                    last.reason() == null ? said(last) : last.reason().sentence(),
                    last.gates(),
                    last.notificationId(),
                    null);
        }
        if (answer.decision() instanceof Ignore ignore) {
            return new OfRule(
                    rule.id(),
                    rule.version(),
                    rule.description(),
                    "not-told",
                    ignore.reason(),
                    ignore.reason().sentence(),
                    ignore.gates(),
                    null,
                    null);
        }
        return new OfRule(
                rule.id(),
                rule.version(),
                rule.description(),
                "pending",
                null,
                "This has not been decided yet.",
                answer.decision().gates(),
                null,
                null);
    }

    private static String verdict(DecisionView written) {
        return switch (written.verdict()) {
            case "notify" -> "told";
            case "defer" -> "waiting";
            case "digest" -> "digested";
            default -> "not-told";
        };
    }

    private static String said(DecisionView written) {
        return written.verdict().equals("notify")
                ? "The customer was sent this message."
                : "This is decided later: " + written.detail() + ".";
    }

    private static String summary(JournalEntry entry, List<OfRule> rules) {
        if (rules.isEmpty()) {
            return entry.answered()
                    ? "No rule listens to events of this type, so nobody was told."
                    : "This event has not been answered yet.";
        }
        return rules.stream().map(OfRule::said).collect(Collectors.joining(" "));
    }
}
