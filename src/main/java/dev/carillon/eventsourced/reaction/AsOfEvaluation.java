package dev.carillon.eventsourced.reaction;

import dev.carillon.eventsourced.journal.PendingEvent;
import dev.carillon.eventsourced.journal.RecordedEvent;
import dev.carillon.eventsourced.rule.Decision;
import dev.carillon.eventsourced.rule.Fact;
import dev.carillon.eventsourced.rule.Facts;
import dev.carillon.eventsourced.rule.Rule;
import dev.carillon.notification.recipient.Recipient;
import dev.carillon.platform.lww.AsOf;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;

/**
 * Re-evaluates a rule for one event and one customer, on the facts as of then. It also works for a customer whom the
 * rule never looked at. It asks the same questions as the reaction did, and writes nothing.
 */
@ApplicationScoped
public class AsOfEvaluation {

    private final AsOfLookups knowledge;

    AsOfEvaluation(AsOfLookups knowledge) {
        this.knowledge = knowledge;
    }

    /** A rule's decision, about the event itself or when a timer it armed fired. */
    public record AsOfDecision(Rule rule, Decision decision) {}

    /** One answer for each time a rule was asked, in the order of the rules. */
    public Uni<List<AsOfDecision>> answers(Tx tx, RecordedEvent event, String customerId, List<Rule> rules) {
        var trigger = new Trigger.EventPublished(new PendingEvent(event, 0, null));
        return new RelatedEvents(knowledge.journal())
                .ruleEvaluations(
                        tx,
                        rules.stream()
                                .map(rule -> new Rules.RuleForTrigger(trigger, rule))
                                .toList())
                .chain(ruleEvaluations -> Multi.createFrom()
                        .iterable(ruleEvaluations.stream().flatMap(List::stream).toList())
                        .onItem()
                        .transformToUniAndConcatenate(ruleEvaluation -> answer(tx, ruleEvaluation, customerId))
                        .collect()
                        .asList());
    }

    private Uni<AsOfDecision> answer(Tx tx, RuleEvaluation ruleEvaluation, String customerId) {
        return LoadedFacts.of(tx, knowledge, knowledge.memory()::collected, List.of(ruleEvaluation))
                .map(known -> known.factsFor(ruleEvaluation))
                .chain(facts -> decision(tx, ruleEvaluation, facts, customerId))
                .map(decision -> new AsOfDecision(ruleEvaluation.rule(), decision));
    }

    private Uni<Decision> decision(Tx tx, RuleEvaluation ruleEvaluation, Facts facts, String customerId) {
        var evaluation =
                ruleEvaluation.rule().evaluate(ruleEvaluation.event(), facts).addressing(1);
        var gate = evaluation.opens();
        if (!gate.passed()) {
            return Uni.createFrom().item(gate.ignored());
        }
        return knowledge
                .audiences()
                .includes(tx, ruleEvaluation, evaluation.audience(), customerId)
                .chain(included -> included
                        ? customer(tx, ruleEvaluation, customerId)
                                .map(customer -> evaluation.decide(customer, ruleEvaluation.at()))
                        : Uni.createFrom().item(evaluation.outsideAudience(customerId)));
    }

    private Uni<Map<String, Object>> customer(Tx tx, RuleEvaluation ruleEvaluation, String customerId) {
        var key = new AsOf<>(new Recipient.RecipientKey(ruleEvaluation.tenant(), customerId), ruleEvaluation.asOf());
        var nobody = Map.<String, Object>of("id", customerId);
        return !ruleEvaluation.rule().facts().contains(Fact.CUSTOMER)
                ? Uni.createFrom().item(nobody)
                : knowledge
                        .recipients()
                        .then(tx, List.of(key))
                        .map(known -> known.containsKey(key) ? known.get(key).asFacts() : nobody);
    }
}
