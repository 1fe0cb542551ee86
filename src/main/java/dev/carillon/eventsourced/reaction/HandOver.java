package dev.carillon.eventsourced.reaction;

import dev.carillon.eventsourced.rule.Decision;
import dev.carillon.eventsourced.rule.Decision.Ignore;
import dev.carillon.eventsourced.rule.Decision.Notify;
import dev.carillon.eventsourced.rule.Decision.Wait;
import dev.carillon.eventsourced.waiting.Digest;
import dev.carillon.eventsourced.waiting.DigestBatch;
import dev.carillon.eventsourced.waiting.Timer;
import dev.carillon.eventsourced.waiting.WaitingRoom;
import dev.carillon.notification.NotificationCommand;
import dev.carillon.notification.Receipt;
import dev.carillon.notification.recipient.Recipient;
import dev.carillon.notification.tracking.RuleDecision;
import dev.carillon.platform.latest.AsOf;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/** Decides about each candidate, hands commands to the corridor, lets the rest wait, and writes every "no" down. */
class HandOver {

    private final Knowledge knowledge;
    private final WaitingRoom waiting;
    private final Desk desk;
    private final Voice voice;

    HandOver(Knowledge knowledge, WaitingRoom waiting, Desk desk, Voice voice) {
        this.knowledge = knowledge;
        this.waiting = waiting;
        this.desk = desk;
        this.voice = voice;
    }

    /**
     * What was written, for whoever has to know after the commit.
     *
     * @param occasions how many of the work's are answered; the others have to wait for what these armed
     */
    record Handed(int occasions, List<Receipt> receipts, List<RuleDecision> decided) {
    }

    Uni<Handed> handOver(Tx tx, Reaction.Work work) {
        if (work.isEmpty()) {
            return Uni.createFrom().item(new Handed(work.occasions().size(), List.of(), List.of()));
        }
        return desk.present(tx).chain(present -> knowledge.recipients().then(tx, keysOf(work.candidates()))
                .chain(known -> decided(work.candidates(), known))
                .chain(decisions -> waiting.open(tx, digestKeys(decisions))
                        .map(open -> new Sorting(present, new DigestBatch(open)))
                        .map(sorting -> sorting.of(work, decisions)))
                .chain(sorted -> waiting.arm(tx, sorted.timers)
                        .chain(() -> waiting.keep(tx, sorted.digests.touched()))
                        .chain(() -> desk.submit(tx, sorted.commands))
                        .call(() -> desk.record(tx, sorted.decided))
                        .map(receipts -> new Handed(sorted.answered, receipts, sorted.decided))));
    }

    /** A candidate with what the rule decided. */
    private record Decided(Candidate candidate, @Nullable Recipient recipient, Decision decision) {

        Digest.Key digestKey() {
            var key = ((Wait) decision).key();
            return new Digest.Key(candidate.hearing().tenant(), decision.ruleId(), candidate.customerId(), key == null ? "" : key);
        }

        Occasion occasion() {
            return candidate.hearing().occasion();
        }

        boolean isDigested() {
            return decision instanceof Wait wait && wait.kind() == Wait.Kind.DIGEST;
        }
    }

    private static List<AsOf<Recipient.Key>> keysOf(List<Candidate> candidates) {
        return candidates.stream().filter(Candidate::needsCustomer).map(Candidate::recipientKey).distinct().toList();
    }

    private static Uni<List<Decided>> decided(List<Candidate> candidates, Map<AsOf<Recipient.Key>, Recipient> known) {
        var decided = new ArrayList<Decided>(candidates.size());
        return new Breather().each(candidates, candidate -> {
            long before = candidate.evaluation().spent();
            var recipient = known.get(candidate.recipientKey());
            decided.add(new Decided(candidate, recipient, candidate.decide(recipient)));
            return candidate.evaluation().spent() - before;
        }).replaceWith(decided);
    }

    /** By the rule's plan, at the hour where the customer is. */
    private DigestBatch.Closing closing(Decided one) {
        var plan = one.candidate().hearing().rule().digest().orElseThrow();
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

    private static LinkedHashSet<Digest.Key> digestKeys(List<Decided> decisions) {
        var keys = new LinkedHashSet<Digest.Key>();
        decisions.stream().filter(Decided::isDigested).forEach(one -> keys.add(one.digestKey()));
        return keys;
    }

    /** Where each decision goes, in order, as far as nothing that is armed on the way comes in between. */
    private final class Sorting {

        private final Present present;
        private final DigestBatch digests;
        private final List<NotificationCommand> commands = new ArrayList<>();
        private final List<RuleDecision> decided = new ArrayList<>();
        private final List<Timer> timers = new ArrayList<>();
        private final Armed armed = new Armed();
        private int answered;

        private Sorting(Present present, DigestBatch digests) {
            this.present = present;
            this.digests = digests;
        }

        Sorting of(Reaction.Work work, List<Decided> decisions) {
            var byOccasion = new IdentityHashMap<Occasion, List<Decided>>();
            decisions.forEach(one -> byOccasion.computeIfAbsent(one.occasion(), occasion -> new ArrayList<>()).add(one));
            for (var occasion : work.occasions()) {
                var mine = byOccasion.getOrDefault(occasion, List.of());
                if (answered > 0 && armed.comesBefore(occasion, digestKeys(mine))) {
                    break;
                }
                answer(occasion, work, mine);
            }
            return this;
        }

        private void answer(Occasion occasion, Reaction.Work work, List<Decided> mine) {
            work.withdrawn().stream().filter(one -> one.due() == occasion).forEach(one -> decided.addAll(voice.withdrawn(one, present)));
            work.closed().stream().filter(one -> one.hearing().occasion() == occasion)
                    .forEach(one -> decided.add(voice.ignored(one.hearing(), one.ignore(), present)));
            work.opened().stream().filter(one -> one.hearing().occasion() == occasion).forEach(one -> arm(voice.timeout(one)));
            mine.forEach(this::sort);
            armed.answered(occasion);
            answered++;
        }

        private void sort(Decided one) {
            var hearing = one.candidate().hearing();
            if (one.decision() instanceof Notify notify) {
                commands.add(voice.command(one.candidate(), notify, present));
            } else if (one.decision() instanceof Ignore ignore) {
                decided.addAll(voice.ignored(one.candidate(), ignore, present));
            } else if (one.isDigested()) {
                var wait = (Wait) one.decision();
                var digest = digests.join(one.digestKey(), voice.item(hearing, wait), hearing.at(), wait.ruleVersion(),
                        closing(one), () -> voice.digest(one.candidate(), one.digestKey()));
                armed.digest(digest);
                decided.add(voice.digested(hearing, wait, digest, present));
            } else {
                var wait = (Wait) one.decision();
                arm(voice.timer(one.candidate(), wait));
                decided.add(voice.deferred(hearing, wait, present));
            }
        }

        private void arm(Timer timer) {
            timers.add(timer);
            armed.timer(timer);
        }
    }
}
