package dev.carillon.eventsourced.reaction;

import dev.carillon.eventsourced.rule.Decision;
import dev.carillon.eventsourced.rule.Decision.Ignore;
import dev.carillon.eventsourced.rule.Decision.Notify;
import dev.carillon.eventsourced.rule.Decision.Wait;
import dev.carillon.eventsourced.timer.Digest;
import dev.carillon.eventsourced.timer.DigestBatch;
import dev.carillon.eventsourced.timer.Timer;
import dev.carillon.eventsourced.timer.TimerStore;
import dev.carillon.notification.NotificationCommand;
import dev.carillon.notification.Receipt;
import dev.carillon.notification.decision.RuleDecision;
import dev.carillon.notification.recipient.Recipient;
import dev.carillon.platform.lww.AsOf;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Decides about each candidate, sends commands to the pipeline, arms timers and digests, and records every "no". */
class DecisionStage {

    private final AsOfLookups knowledge;
    private final TimerStore waiting;
    private final DecisionSink desk;
    private final DecisionMapper decisionMapper;

    DecisionStage(AsOfLookups knowledge, TimerStore waiting, DecisionSink desk, DecisionMapper decisionMapper) {
        this.knowledge = knowledge;
        this.waiting = waiting;
        this.desk = desk;
        this.decisionMapper = decisionMapper;
    }

    /**
     * What was written, for those who act after the commit.
     *
     * @param triggers how many of the work's are answered; the others have to wait for what these armed
     */
    record StageResult(int triggers, List<Receipt> receipts, List<RuleDecision> decided) {}

    Uni<StageResult> handOver(Tx tx, Reaction.WalkResult work) {
        if (work.isEmpty()) {
            return Uni.createFrom().item(new StageResult(work.triggers().size(), List.of(), List.of()));
        }
        return desk.present(tx)
                .chain(present -> knowledge
                        .recipients()
                        .then(tx, keysOf(work.candidates()))
                        .chain(known -> decided(work.candidates(), known))
                        .chain(decisions -> waiting.open(tx, digestKeys(decisions))
                                .map(open -> new Sorting(present, new DigestBatch(open)))
                                .map(sorting -> sorting.of(work, decisions)))
                        .chain(sorted -> waiting.arm(tx, sorted.timers)
                                .chain(() -> waiting.keep(tx, sorted.digests.touched()))
                                .chain(() -> desk.submit(tx, sorted.commands))
                                .call(() -> desk.record(tx, sorted.decided))
                                .map(receipts -> new StageResult(sorted.answered, receipts, sorted.decided))));
    }

    /** A candidate and the rule's decision about it. */
    private record DecidedCandidate(
            Candidate candidate, @Nullable Recipient recipient, Decision decision) {

        Digest.DigestKey digestKey() {
            var key = ((Wait) decision).key();
            return new Digest.DigestKey(
                    candidate.ruleEvaluation().tenant(),
                    decision.rule().id(),
                    candidate.customerId(),
                    key == null ? "" : key);
        }

        Trigger trigger() {
            return candidate.ruleEvaluation().trigger();
        }

        boolean isDigested() {
            return decision instanceof Wait wait && wait.kind() == Wait.WaitKind.DIGEST;
        }
    }

    private static List<AsOf<Recipient.RecipientKey>> keysOf(List<Candidate> candidates) {
        return candidates.stream()
                .filter(Candidate::needsCustomer)
                .map(Candidate::recipientKey)
                .distinct()
                .toList();
    }

    private static Uni<List<DecidedCandidate>> decided(
            List<Candidate> candidates, Map<AsOf<Recipient.RecipientKey>, Recipient> known) {
        var decided = new ArrayList<DecidedCandidate>(candidates.size());
        return new EventLoopYield()
                .each(candidates, candidate -> {
                    long before = candidate.evaluation().spent();
                    var recipient = known.get(candidate.recipientKey());
                    decided.add(new DecidedCandidate(candidate, recipient, candidate.decide(recipient)));
                    return candidate.evaluation().spent() - before;
                })
                .replaceWith(decided);
    }

    /** When the digest closes: by the rule's plan, in the customer's time zone. */
    private DigestBatch.Closing closing(DecidedCandidate one) {
        var plan = one.candidate().ruleEvaluation().rule().digest().orElseThrow();
        var zone = knowledge.zones().of(one.recipient());
        return new DigestBatch.Closing() {

            @Override
            public Instant closesAt(Instant openedAt, Instant lastItemAt) {
                return plan.closesAt(openedAt, lastItemAt, zone);
            }

            @Override
            public int maxItems() {
                return plan.maxItems();
            }
        };
    }

    private static LinkedHashSet<Digest.DigestKey> digestKeys(List<DecidedCandidate> decisions) {
        var keys = new LinkedHashSet<Digest.DigestKey>();
        decisions.stream().filter(DecidedCandidate::isDigested).forEach(one -> keys.add(one.digestKey()));
        return keys;
    }

    /** Sorts decisions by where they go, in order. It stops where something armed on the way comes in between. */
    private final class Sorting {

        private final CurrentPosition present;
        private final DigestBatch digests;
        private final List<NotificationCommand> commands = new ArrayList<>();
        private final List<RuleDecision> decided = new ArrayList<>();
        private final List<Timer> timers = new ArrayList<>();
        private final Armed armed = new Armed();
        private int answered;

        private Sorting(CurrentPosition present, DigestBatch digests) {
            this.present = present;
            this.digests = digests;
        }

        Sorting of(Reaction.WalkResult work, List<DecidedCandidate> decisions) {
            var byOccasion = new IdentityHashMap<Trigger, List<DecidedCandidate>>();
            decisions.forEach(one -> byOccasion
                    .computeIfAbsent(one.trigger(), trigger -> new ArrayList<>())
                    .add(one));
            for (var trigger : work.triggers()) {
                var mine = byOccasion.getOrDefault(trigger, List.of());
                if (answered > 0 && armed.comesBefore(trigger, digestKeys(mine))) {
                    break;
                }
                answer(trigger, work, mine);
            }
            return this;
        }

        private void answer(Trigger trigger, Reaction.WalkResult work, List<DecidedCandidate> mine) {
            work.withdrawn().stream()
                    .filter(one -> one.due() == trigger)
                    .forEach(one -> decided.addAll(decisionMapper.withdrawn(one, present)));
            work.closed().stream()
                    .filter(one -> one.ruleEvaluation().trigger() == trigger)
                    .forEach(one -> decided.add(decisionMapper.ignored(one.ruleEvaluation(), one.ignore(), present)));
            work.opened().stream()
                    .filter(one -> one.ruleEvaluation().trigger() == trigger)
                    .forEach(one -> arm(decisionMapper.timeout(one)));
            mine.forEach(this::sort);
            armed.answered(trigger);
            answered++;
        }

        private void sort(DecidedCandidate one) {
            var ruleEvaluation = one.candidate().ruleEvaluation();
            if (one.decision() instanceof Notify notify) {
                commands.add(decisionMapper.command(one.candidate(), notify, present));
            } else if (one.decision() instanceof Ignore ignore) {
                decided.addAll(decisionMapper.ignored(one.candidate(), ignore, present));
            } else if (one.isDigested()) {
                var wait = (Wait) one.decision();
                var digest = digests.join(
                        one.digestKey(),
                        decisionMapper.item(ruleEvaluation, wait),
                        ruleEvaluation.at(),
                        wait.rule().version(),
                        closing(one),
                        () -> decisionMapper.digest(one.candidate(), one.digestKey()));
                armed.digest(digest);
                decided.add(decisionMapper.digested(ruleEvaluation, wait, digest, present));
            } else {
                var wait = (Wait) one.decision();
                arm(decisionMapper.timer(one.candidate(), wait));
                decided.add(decisionMapper.deferred(ruleEvaluation, wait, present));
            }
        }

        private void arm(Timer timer) {
            timers.add(timer);
            armed.timer(timer);
        }
    }
}
