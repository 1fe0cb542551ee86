package dev.carillon.eventsourced.reaction;

import dev.carillon.eventsourced.rule.Decision.Ignore;
import dev.carillon.eventsourced.rule.Decision.Notify;
import dev.carillon.eventsourced.rule.Decision.Wait;
import dev.carillon.eventsourced.timer.Digest;
import dev.carillon.eventsourced.timer.Digest.DigestKey;
import dev.carillon.eventsourced.timer.DigestBatch;
import dev.carillon.eventsourced.timer.Timer;
import dev.carillon.notification.NotificationCommand;
import dev.carillon.notification.decision.RuleDecision;
import dev.carillon.notification.recipient.CustomerZones;
import java.util.ArrayList;
import java.util.List;

/**
 * What a batch of triggers leads to: commands, timers, digests, and records of everything else. It ends before the first
 * trigger that something armed on the way comes before. Pure.
 */
final class DecisionBatch {

    private final DecisionMapper mapper;
    private final CustomerZones zones;
    private final DecisionSink.CurrentPosition present;
    private final DigestBatch digests;
    private final ArmedTimers armed = new ArmedTimers();
    private final List<TriggerEvaluation> answered = new ArrayList<>();
    private final List<NotificationCommand> commands = new ArrayList<>();
    private final List<RuleDecision> decided = new ArrayList<>();
    private final List<Timer> timers = new ArrayList<>();

    DecisionBatch(
            DecisionMapper mapper, CustomerZones zones, DecisionSink.CurrentPosition present, DigestBatch digests) {
        this.mapper = mapper;
        this.zones = zones;
        this.present = present;
        this.digests = digests;
    }

    DecisionBatch of(List<TriggerEvaluation> batch) {
        for (var one : batch) {
            if (!answered.isEmpty() && armed.comesBefore(one.trigger(), DecisionStage.digestKeys(one.candidates()))) {
                break;
            }
            answer(one);
        }
        return this;
    }

    /** The triggers up to where it ends. */
    List<TriggerEvaluation> answered() {
        return answered;
    }

    List<NotificationCommand> commands() {
        return commands;
    }

    List<RuleDecision> decided() {
        return decided;
    }

    List<Timer> timers() {
        return timers;
    }

    List<Digest> digests() {
        return digests.touched();
    }

    private void answer(TriggerEvaluation one) {
        if (one.evaluations().isEmpty() && one.trigger() instanceof Trigger.TimedTrigger due) {
            decided.addAll(mapper.cancelled(due, one.items(), present));
        }
        one.evaluations().forEach(this::refusal);
        one.evaluations().forEach(this::timeout);
        one.candidates().forEach(this::sort);
        armed.answered(one.trigger());
        answered.add(one);
    }

    private void refusal(RuleEvaluation evaluation) {
        if (evaluation.refusal() != null) {
            decided.add(mapper.ignored(evaluation, evaluation.refusal(), present));
        }
    }

    private void timeout(RuleEvaluation evaluation) {
        if (evaluation.opensSet() && evaluation.setKey() != null) {
            arm(mapper.timeout(evaluation, evaluation.setKey().key().key()));
        }
    }

    private void sort(Candidate one) {
        if (one.decision() instanceof Notify notify) {
            commands.add(mapper.command(one, notify, present));
        } else if (one.decision() instanceof Ignore ignore) {
            decided.addAll(mapper.ignored(one, ignore, present));
        } else if (one.decision() instanceof Wait wait) {
            var key = one.digestKey();
            if (key == null) {
                arm(mapper.timer(one.evaluation(), wait));
                decided.add(mapper.deferred(one.evaluation(), wait, present));
            } else {
                decided.add(mapper.digested(one.evaluation(), wait, join(key, one, wait), present));
            }
        }
    }

    private void arm(Timer timer) {
        timers.add(timer);
        armed.timer(timer);
    }

    /** The digest closes by the rule's plan, in the customer's time zone. */
    private Digest join(DigestKey key, Candidate one, Wait wait) {
        var plan = one.evaluation().rule().digest().orElseThrow();
        var zone = zones.of(one.recipient());
        var digest = digests.join(
                key,
                mapper.item(one.evaluation(), wait),
                one.evaluation().at(),
                wait.rule().version(),
                new DigestBatch.Closing(
                        plan.maxItems(), (openedAt, lastItemAt) -> plan.closesAt(openedAt, lastItemAt, zone)),
                () -> mapper.digest(one.evaluation(), key));
        armed.digest(digest);
        return digest;
    }
}
