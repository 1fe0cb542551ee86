package dev.carillon.eventsourced.reaction;

import dev.carillon.eventsourced.journal.PendingEvent;
import dev.carillon.eventsourced.journal.RecordedEvent;
import dev.carillon.eventsourced.memory.Memory;
import dev.carillon.eventsourced.reaction.RelatedEvents.TriggerRules;
import dev.carillon.eventsourced.rule.Decision;
import dev.carillon.eventsourced.rule.Rule;
import dev.carillon.notification.recipient.RecipientDirectory;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/**
 * Re-evaluates a rule for one event and one customer, on the facts as of then. It also works for a customer whom the
 * rule never looked at. It asks the same questions as the reaction did, and writes nothing.
 */
@ApplicationScoped
public class AsOfEvaluation {

    private final RelatedEvents related;
    private final Memory memory;
    private final Audiences audiences;
    private final RecipientDirectory recipients;

    AsOfEvaluation(RelatedEvents related, Memory memory, Audiences audiences, RecipientDirectory recipients) {
        this.related = related;
        this.memory = memory;
        this.audiences = audiences;
        this.recipients = recipients;
    }

    /** A rule's decision, about the event itself or when a timer it armed fired. */
    public record AsOfDecision(Rule rule, Decision decision) {}

    /** One answer for each time a rule was asked, in the order of the rules. */
    public Uni<List<AsOfDecision>> answers(Tx tx, RecordedEvent event, String customerId, List<Rule> rules) {
        var trigger = new Trigger.EventPublished(new PendingEvent(event, 0, null));
        return related.evaluations(tx, List.of(new TriggerRules(trigger, rules)))
                .chain(evaluations -> Multi.createFrom()
                        .iterable(evaluations.get(0).evaluations())
                        .onItem()
                        .transformToUniAndConcatenate(evaluation -> answer(tx, evaluation, customerId))
                        .collect()
                        .asList());
    }

    private Uni<AsOfDecision> answer(Tx tx, RuleEvaluation evaluation, String customerId) {
        return LoadedFacts.load(tx, memory, memory::collected, List.of(evaluation))
                .invoke(evaluation::open)
                .chain(facts -> decision(tx, evaluation, customerId))
                .map(decision -> new AsOfDecision(evaluation.rule(), decision));
    }

    private Uni<Decision> decision(Tx tx, RuleEvaluation evaluation, String customerId) {
        return evaluation.refusal() != null
                ? Uni.createFrom().item(evaluation.refusal())
                : audiences
                        .includes(tx, evaluation, customerId)
                        .chain(included -> included
                                ? decide(tx, evaluation, customerId)
                                : Uni.createFrom().item(evaluation.opened().outsideAudience(customerId)));
    }

    private Uni<Decision> decide(Tx tx, RuleEvaluation evaluation, String customerId) {
        evaluation.address(List.of(customerId));
        var candidate = evaluation.candidates().get(0);
        return recipients
                .asOf(tx, candidate.needsRecipient() ? List.of(candidate.recipientKey()) : List.of())
                .invoke(known -> candidate.decide(known.get(candidate.recipientKey())))
                .replaceWith(candidate::decision);
    }
}
