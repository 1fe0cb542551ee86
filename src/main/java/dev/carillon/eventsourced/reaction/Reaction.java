package dev.carillon.eventsourced.reaction;

import dev.carillon.eventsourced.journal.PendingEvent.AnswerProgress;
import dev.carillon.eventsourced.memory.Memory;
import dev.carillon.eventsourced.reaction.RelatedEvents.TriggerRules;
import dev.carillon.eventsourced.rule.Rule;
import dev.carillon.eventsourced.rule.RuleBook;
import dev.carillon.eventsourced.timer.Timer;
import dev.carillon.eventsourced.timer.TimerStore;
import dev.carillon.notification.Receipt;
import dev.carillon.notification.decision.RuleDecision;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Processes a batch of triggers in one transaction: which rules hear them, which events they are related to, what memory
 * knew then, whom each rule addresses, and what it decides. It has no clock and no state:
 * the same journal and the same
 * rules give the same decisions, live or in a backtest.
 *
 * <p>Each step may cut off the end of the batch, but never all of it. What is cut off stays pending.
 */
@ApplicationScoped
public class Reaction {

    /** A batch ends after this many steps of its rules, about 100 ms, so that other work need not wait for its commit. */
    private static final long DEAR = 500_000;

    private final RelatedEvents related;
    private final Memory memory;
    private final Audiences audiences;
    private final DecisionStage decisions;
    private final ReactionSteps steps;

    Reaction(RelatedEvents related, Memory memory, Audiences audiences, DecisionStage decisions, ReactionSteps steps) {
        this.related = related;
        this.memory = memory;
        this.audiences = audiences;
        this.decisions = decisions;
        this.steps = steps;
    }

    /** What differs between the live reaction and a backtest. Whatever else it looks up is as of a journal position. */
    public record Ports(Rules rules, CollectedSets sets, TimerStore timers, DecisionSink sink) {}

    /**
     * What was answered, and what it led to.
     *
     * @param progress how far each answered event was processed
     * @param timers   those that were answered
     * @param receipts of the commands
     * @param decided  everything that did not become a command
     */
    public record Reacted(
            List<AnswerProgress> progress, List<Timer> timers, List<Receipt> receipts, List<RuleDecision> decided) {

        static Reacted of(List<TriggerEvaluation> answered, List<Receipt> receipts, List<RuleDecision> decided) {
            var progress = new ArrayList<AnswerProgress>();
            var timers = new ArrayList<Timer>();
            for (var one : answered) {
                if (one.trigger() instanceof Trigger.TimedTrigger due) {
                    timers.add(due.timer());
                } else {
                    progress.add(new AnswerProgress(((Trigger.EventPublished) one.trigger()).pending(), one.cursor()));
                }
            }
            return new Reacted(progress, timers, receipts, decided);
        }

        /** How many were answered; those cut off are not among them. */
        int triggers() {
            return progress.size() + timers.size();
        }

        /** Whether the audience of an event is to be walked. */
        boolean walks() {
            return progress.stream().anyMatch(one -> one.cursor() != null);
        }
    }

    /** @param triggers at least one */
    public Uni<Reacted> react(Tx tx, Ports ports, List<Trigger> triggers) {
        var heard = isWalk(triggers.get(0)) ? triggers.subList(0, 1) : triggers;
        heard.forEach(steps::heard);
        return withRules(ports.rules(), heard)
                .chain(asked -> related.evaluations(tx, asked))
                .map(batch -> batch.stream().map(TriggerEvaluation::fromCursor).toList())
                .chain(batch -> withDigestItems(tx, ports.timers(), batch))
                .chain(batch -> loadFacts(tx, ports.sets(), batch).chain(facts -> openGates(batch, facts)))
                .chain(batch -> audiences.address(tx, batch))
                .chain(batch -> decisions.decide(tx, ports, batch));
    }

    /** Each page of a walk is a batch of its own. */
    private static boolean isWalk(Trigger trigger) {
        return trigger instanceof Trigger.EventPublished heard
                && heard.pending().isWalk();
    }

    /** The rules for each trigger: for an event those that listen, for a timer the one that armed it. */
    private static Uni<List<TriggerRules>> withRules(Rules rules, List<Trigger> triggers) {
        var due = triggers.stream()
                .filter(Trigger.TimerDue.class::isInstance)
                .map(trigger -> ((Trigger.TimerDue) trigger).timer())
                .toList();
        return rules.forTimers(due).map(ofTimers -> {
            var books = new HashMap<String, RuleBook>();
            triggers.forEach(trigger -> books.computeIfAbsent(trigger.tenant(), rules::book));
            return triggers.stream()
                    .map(trigger -> new TriggerRules(trigger, rulesFor(trigger, books.get(trigger.tenant()), ofTimers)))
                    .toList();
        });
    }

    private static List<Rule> rulesFor(Trigger trigger, RuleBook book, Map<Timer, Rule> ofTimers) {
        if (trigger instanceof Trigger.TimerDue due) {
            return Stream.ofNullable(ofTimers.get(due.timer())).toList();
        }
        return trigger instanceof Trigger.EventPublished heard
                ? fromCursor(heard, book.listeningTo(heard.event().type()))
                : List.of();
    }

    private static List<Rule> fromCursor(Trigger.EventPublished heard, List<Rule> rules) {
        var cursor = heard.pending().cursor();
        return cursor == null ? rules : cursor.rest(rules, rule -> rule.id().equals(cursor.rule()), Rule::id);
    }

    /** Ends before the first digest whose items are not read yet. */
    private Uni<List<TriggerEvaluation>> withDigestItems(Tx tx, TimerStore timers, List<TriggerEvaluation> batch) {
        var due = batch.stream()
                .map(TriggerEvaluation::digestId)
                .filter(Objects::nonNull)
                .toList();
        return timers.items(tx, due)
                .map(items -> batch.stream()
                        .takeWhile(one -> one.digestId() == null || items.containsKey(one.digestId()))
                        .map(one -> one.digestId() == null ? one : one.with(items.get(one.digestId())))
                        .toList());
    }

    private Uni<LoadedFacts> loadFacts(Tx tx, CollectedSets sets, List<TriggerEvaluation> batch) {
        var all = batch.stream().flatMap(one -> one.evaluations().stream()).toList();
        all.forEach(steps::recalls);
        return LoadedFacts.load(tx, memory, sets, all);
    }

    /** Asks every rule whether it looks at customers at all. Ends when the rules have cost enough for one batch. */
    private static Uni<List<TriggerEvaluation>> openGates(List<TriggerEvaluation> batch, LoadedFacts facts) {
        var opened = new ArrayList<TriggerEvaluation>(batch.size());
        var turns = new EventLoopYield();
        var evaluations = batch.stream()
                .takeWhile(one -> turns.spent() < DEAR)
                .peek(opened::add)
                .flatMap(one -> one.evaluations().stream());
        return turns.each(evaluations.iterator(), evaluation -> evaluation.open(facts))
                .replaceWith(opened);
    }
}
