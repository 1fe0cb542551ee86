package dev.carillon.eventsourced.reaction;

import dev.carillon.eventsourced.journal.PendingEvent;
import dev.carillon.eventsourced.journal.RecordedEvent;
import dev.carillon.eventsourced.rule.Decision;
import dev.carillon.eventsourced.rule.Fact;
import dev.carillon.eventsourced.rule.Facts;
import dev.carillon.eventsourced.rule.Rule;
import dev.carillon.notification.recipient.Recipient;
import dev.carillon.platform.latest.AsOf;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.List;
import java.util.Map;

/**
 * Judges again what a rule made of an event for one customer, on the facts as they stood then; also for a customer who was
 * never looked at. Asks the same questions as the reaction did, and writes nothing.
 */
@ApplicationScoped
public class Hindsight {

    private final Knowledge knowledge;

    Hindsight(Knowledge knowledge) {
        this.knowledge = knowledge;
    }

    /** What a rule decided; of the event itself, or of one that had waited for it. */
    public record Answer(Rule rule, Decision decision) {
    }

    /** One answer for each time a rule was asked, in the order of the rules. */
    public Uni<List<Answer>> answers(Tx tx, RecordedEvent event, String customerId, List<Rule> rules) {
        var occasion = new Occasion.Heard(new PendingEvent(event, 0, null));
        return new Recall(knowledge.journal()).hearings(tx, rules.stream().map(rule -> new Rules.Asked(occasion, rule)).toList())
                .chain(hearings -> Multi.createFrom().iterable(hearings.stream().flatMap(List::stream).toList())
                        .onItem().transformToUniAndConcatenate(hearing -> answer(tx, hearing, customerId))
                        .collect().asList());
    }

    private Uni<Answer> answer(Tx tx, Hearing hearing, String customerId) {
        return Known.of(tx, knowledge, knowledge.memory()::collected, List.of(hearing)).map(known -> known.factsFor(hearing))
                .chain(facts -> decision(tx, hearing, facts, customerId)).map(decision -> new Answer(hearing.rule(), decision));
    }

    private Uni<Decision> decision(Tx tx, Hearing hearing, Facts facts, String customerId) {
        var evaluation = hearing.rule().evaluate(hearing.event(), facts).addressing(1);
        var gate = evaluation.opens();
        if (!gate.passed()) {
            return Uni.createFrom().item(gate.ignored());
        }
        return knowledge.audiences().includes(tx, hearing, evaluation.audience(), customerId).chain(included -> included
                ? customer(tx, hearing, customerId).map(customer -> evaluation.decide(customer, hearing.at()))
                : Uni.createFrom().item(evaluation.outsideAudience(customerId)));
    }

    private Uni<Map<String, Object>> customer(Tx tx, Hearing hearing, String customerId) {
        var key = new AsOf<>(new Recipient.Key(hearing.tenant(), customerId), hearing.asOf());
        var nobody = Map.<String, Object>of("id", customerId);
        return !hearing.rule().facts().contains(Fact.CUSTOMER) ? Uni.createFrom().item(nobody)
                : knowledge.recipients().then(tx, List.of(key)).map(known -> known.containsKey(key) ? known.get(key).asFacts() : nobody);
    }
}
