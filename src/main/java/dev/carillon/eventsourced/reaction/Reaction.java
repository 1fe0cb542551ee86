package dev.carillon.eventsourced.reaction;

import dev.carillon.eventsourced.journal.PendingEvent.AnswerProgress;
import dev.carillon.eventsourced.journal.PendingEvent.Cursor;
import dev.carillon.eventsourced.rule.Decision;
import dev.carillon.eventsourced.rule.Evaluation;
import dev.carillon.eventsourced.rule.EventGate;
import dev.carillon.eventsourced.timer.DigestItem;
import dev.carillon.eventsourced.timer.Timer;
import dev.carillon.eventsourced.timer.TimerStore;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Processes a batch of triggers in one transaction: find the rules that listen, load their facts as of then, check the
 * event gates, load the audiences, decide, hand over the decisions. It has no clock and no state: the same journal and
 * the same rules give the same decisions, live or in a backtest.
 */
class Reaction {

    /**
     * A batch ends after this many steps of its rules, about 100 ms, so that other work need not wait for its commit.
     */
    private static final long DEAR = 500_000;

    private final Rules rules;
    private final RelatedEvents recall;
    private final AsOfLookups knowledge;
    private final CollectedSets collected;
    private final TimerStore waiting;
    private final Audiences audiences;
    private final DecisionStage handOver;
    private final DecisionMapper decisionMapper;

    /** Where the reaction looks things up. */
    record Sources(Rules rules, AsOfLookups knowledge, CollectedSets collected, TimerStore waiting) {}

    Reaction(Sources sources, DecisionStage handOver, DecisionMapper decisionMapper) {
        this.rules = sources.rules();
        this.recall = new RelatedEvents(sources.knowledge().journal());
        this.knowledge = sources.knowledge();
        this.collected = sources.collected();
        this.waiting = sources.waiting();
        this.audiences = sources.knowledge().audiences();
        this.handOver = handOver;
        this.decisionMapper = decisionMapper;
    }

    /**
     * How far each event was processed, which timers were answered, and what was handed over. Whatever has to wait is
     * left out.
     */
    record Reacted(List<AnswerProgress> progress, List<Timer> answered, DecisionStage.StageResult handed) {}

    Uni<Reacted> react(Tx tx, List<Trigger> triggers) {
        triggers.forEach(decisionMapper::heard);
        return rules.asked(tx, triggers)
                .chain(asking -> recall.ruleEvaluations(tx, asking.asked())
                        .chain(ruleEvaluations -> walk(
                                tx,
                                heard(triggers, asking.asked(), ruleEvaluations.size()),
                                ruleEvaluations.stream().flatMap(List::stream).toList()))
                        .chain(walk -> handOver.handOver(tx, walk.work(asking)).map(walk::reacted)));
    }

    /** The triggers before the first whose related events are not loaded yet. */
    private static List<Trigger> heard(List<Trigger> triggers, List<Rules.RuleForTrigger> asked, int recalled) {
        return recalled == asked.size()
                ? triggers
                : triggers.stream()
                        .takeWhile(trigger -> trigger != asked.get(recalled).trigger())
                        .toList();
    }

    private Uni<AudienceWalk> walk(Tx tx, List<Trigger> triggers, List<RuleEvaluation> ruleEvaluations) {
        return known(tx, ruleEvaluations)
                .chain(known -> digested(tx, triggers).chain(items -> {
                    var read = read(triggers, items);
                    return new AudienceWalk(tx, known, items).through(read, byOccasion(read, ruleEvaluations));
                }));
    }

    /** The triggers before the first whose digest items are not loaded yet. */
    private static List<Trigger> read(List<Trigger> triggers, Map<String, List<DigestItem>> digested) {
        return triggers.stream()
                .takeWhile(
                        trigger -> digestOf(trigger).map(digested::containsKey).orElse(true))
                .toList();
    }

    private static Optional<String> digestOf(Trigger trigger) {
        return trigger instanceof Trigger.TimedTrigger timed && timed.timer().kind() == Timer.TimerKind.DIGEST
                ? Optional.of(timed.timer().id())
                : Optional.empty();
    }

    private static List<List<RuleEvaluation>> byOccasion(List<Trigger> triggers, List<RuleEvaluation> ruleEvaluations) {
        var byOccasion = new ArrayList<List<RuleEvaluation>>(triggers.size());
        int next = 0;
        for (var trigger : triggers) {
            var of = new ArrayList<RuleEvaluation>();
            while (next < ruleEvaluations.size() && ruleEvaluations.get(next).trigger() == trigger) {
                of.add(ruleEvaluations.get(next++));
            }
            byOccasion.add(of);
        }
        return byOccasion;
    }

    private Uni<LoadedFacts> known(Tx tx, List<RuleEvaluation> ruleEvaluations) {
        ruleEvaluations.forEach(decisionMapper::recalls);
        return LoadedFacts.of(tx, knowledge, collected, ruleEvaluations);
    }

    private Uni<Map<String, List<DigestItem>>> digested(Tx tx, List<Trigger> triggers) {
        return waiting.items(
                tx,
                triggers.stream()
                        .map(Reaction::digestOf)
                        .flatMap(Optional::stream)
                        .toList());
    }

    /** A rule that refused the event before it looked at any customer. */
    record RefusedRule(RuleEvaluation ruleEvaluation, Decision.Ignore ignore) {}

    /** A collected set that has just got its first item. It gets a timeout. */
    record OpenedSet(RuleEvaluation ruleEvaluation, String key) {}

    /** A timer that is cancelled because its rule or event is gone, and the digest items it held. */
    record Withdrawn(Trigger.TimedTrigger due, List<DigestItem> items) {}

    /**
     * The result of an audience walk.
     *
     * @param triggers those it came to, in order
     */
    record WalkResult(
            List<Trigger> triggers,
            List<Candidate> candidates,
            List<RefusedRule> closed,
            List<OpenedSet> opened,
            List<Withdrawn> withdrawn) {

        /** No rule listened. */
        boolean isEmpty() {
            return candidates.isEmpty() && closed.isEmpty() && opened.isEmpty() && withdrawn.isEmpty();
        }
    }

    /**
     * Walks triggers in order, and for each its rules in order, until a page of customers is full. The rest stays
     * pending.
     */
    private final class AudienceWalk {

        private final Tx tx;
        private final LoadedFacts known;
        private final Map<String, List<DigestItem>> digested;
        private final List<Candidate> candidates = new ArrayList<>();
        private final List<RefusedRule> closed = new ArrayList<>();
        private final List<OpenedSet> opened = new ArrayList<>();
        private final List<Trigger> reached = new ArrayList<>();
        private final EventLoopYield breather = new EventLoopYield();
        private @Nullable Cursor cursor;

        AudienceWalk(Tx tx, LoadedFacts known, Map<String, List<DigestItem>> digested) {
            this.tx = tx;
            this.known = known;
            this.digested = digested;
        }

        Uni<AudienceWalk> through(List<Trigger> triggers, List<List<RuleEvaluation>> ruleEvaluations) {
            return trigger(triggers, ruleEvaluations, 0).replaceWith(this);
        }

        private Uni<Void> trigger(List<Trigger> triggers, List<List<RuleEvaluation>> ruleEvaluations, int index) {
            if (index == triggers.size() || candidates.size() >= Audiences.PAGE || breather.spent() >= DEAR) {
                return Uni.createFrom().voidItem();
            }
            return rule(ruleEvaluations.get(index), 0)
                    .invoke(cursor -> reached(triggers.get(index), cursor))
                    .chain(() -> trigger(triggers, ruleEvaluations, index + 1));
        }

        private List<DigestItem> itemsOf(Trigger.TimedTrigger due) {
            return digested.getOrDefault(due.timer().id(), List.of());
        }

        private void reached(Trigger trigger, @Nullable Cursor at) {
            reached.add(trigger);
            cursor = at;
        }

        WalkResult work(Rules.Asking asking) {
            var withdrawn = asking.withdrawn().stream()
                    .map(due -> new Withdrawn(due, itemsOf(due)))
                    .toList();
            return new WalkResult(reached, candidates, closed, opened, withdrawn);
        }

        /** Only the last trigger can be answered in part. */
        Reacted reacted(DecisionStage.StageResult handed) {
            var progress = new ArrayList<AnswerProgress>();
            var answered = new ArrayList<Timer>();
            for (int i = 0; i < handed.triggers(); i++) {
                if (reached.get(i) instanceof Trigger.TimedTrigger due) {
                    answered.add(due.timer());
                } else {
                    progress.add(new AnswerProgress(reached.get(i).asOf(), i == reached.size() - 1 ? cursor : null));
                }
            }
            return new Reacted(progress, answered, handed);
        }

        /** Answers the cursor where it had to stop, null when every rule is through. */
        private Uni<Cursor> rule(List<RuleEvaluation> ruleEvaluations, int index) {
            if (index == ruleEvaluations.size()) {
                return Uni.createFrom().nullItem();
            }
            var ruleEvaluation = ruleEvaluations.get(index);
            var evaluation = ruleEvaluation.rule().evaluate(ruleEvaluation.event(), known.factsFor(ruleEvaluation));
            if (ruleEvaluation.trigger() instanceof Trigger.TimerDue due) {
                candidates.add(new Candidate(
                        ruleEvaluation, evaluation.addressing(1), due.timer().customerId(), itemsOf(due)));
                return rule(ruleEvaluations, index + 1);
            }
            lookAtTheClock(ruleEvaluation);
            var gate = evaluation.opens();
            if (breather.spend(evaluation.spent())) {
                return breather.pause().chain(() -> opened(ruleEvaluations, index, evaluation, gate));
            }
            return opened(ruleEvaluations, index, evaluation, gate);
        }

        private Uni<Cursor> opened(
                List<RuleEvaluation> ruleEvaluations, int index, Evaluation evaluation, EventGate gate) {
            var ruleEvaluation = ruleEvaluations.get(index);
            if (!gate.passed()) {
                closed.add(new RefusedRule(ruleEvaluation, gate.ignored()));
                return rule(ruleEvaluations, index + 1);
            }
            return addressed(ruleEvaluation, evaluation)
                    .chain(cursor -> cursor != null ? Uni.createFrom().item(cursor) : rule(ruleEvaluations, index + 1));
        }

        private Uni<Cursor> addressed(RuleEvaluation ruleEvaluation, Evaluation evaluation) {
            return audiences.page(tx, ruleEvaluation, evaluation.audience()).map(customers -> {
                evaluation.addressing(customers.size());
                customers.forEach(
                        customer -> candidates.add(new Candidate(ruleEvaluation, evaluation, customer, List.of())));
                if (customers.size() == Audiences.PAGE) {
                    return new Cursor(ruleEvaluation.rule().id(), customers.get(customers.size() - 1));
                }
                if (customers.isEmpty() && ruleEvaluation.after().isEmpty()) {
                    closed.add(new RefusedRule(ruleEvaluation, evaluation.outsideAudience(null)));
                }
                return null;
            });
        }

        private void lookAtTheClock(RuleEvaluation ruleEvaluation) {
            var set = known.collectedFor(ruleEvaluation);
            var key = ruleEvaluation.setKey();
            if (ruleEvaluation.rule().timeout().isPresent()
                    && set != null
                    && key != null
                    && set.openedBy() == ruleEvaluation.asOf()) {
                opened.add(new OpenedSet(ruleEvaluation, key.key().key()));
            }
        }
    }
}
