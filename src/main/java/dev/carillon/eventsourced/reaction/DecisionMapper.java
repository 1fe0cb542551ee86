package dev.carillon.eventsourced.reaction;

import dev.carillon.eventsourced.reaction.DecisionSink.CurrentPosition;
import dev.carillon.eventsourced.rule.Decision.Ignore;
import dev.carillon.eventsourced.rule.Decision.Notify;
import dev.carillon.eventsourced.rule.Decision.Wait;
import dev.carillon.eventsourced.timer.Digest;
import dev.carillon.eventsourced.timer.DigestItem;
import dev.carillon.eventsourced.timer.Timer;
import dev.carillon.notification.NotificationCommand;
import dev.carillon.notification.Schedule;
import dev.carillon.notification.decision.EventRef;
import dev.carillon.notification.decision.Gate;
import dev.carillon.notification.decision.GateResult;
import dev.carillon.notification.decision.Origin.EventOrigin;
import dev.carillon.notification.decision.Reason;
import dev.carillon.notification.decision.RuleDecision;
import dev.carillon.notification.decision.Verdict;
import dev.carillon.platform.id.Ids;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Maps a rule's decision to a command, a timer, or a record of why there is no notification or not yet. */
@ApplicationScoped
class DecisionMapper {

    private final Ids ids;
    private final ReactionSteps steps;

    DecisionMapper(Ids ids, ReactionSteps steps) {
        this.ids = ids;
        this.steps = steps;
    }

    NotificationCommand command(Candidate candidate, Notify notify, CurrentPosition present) {
        var evaluation = candidate.evaluation();
        var event = evaluation.about().event();
        var given = candidate.trackingId();
        steps.decided(
                evaluation,
                "decided to tell " + notify.customerId(),
                notify.rule().id());
        return new NotificationCommand(
                evaluation.tenant(),
                given == null ? ids.next() : given,
                notify.type(),
                notify.customerId(),
                notify.context(),
                notify.businessKey(),
                notify.channels(),
                notify.priority(),
                event.extension("correlationid"),
                new EventOrigin(
                        eventOf(evaluation.trigger()),
                        notify.rule(),
                        notify.gates(),
                        event.extension("traceparent"),
                        present.of(evaluation.trigger())),
                evaluation.at(),
                notify.throttle(),
                Schedule.until(notify.expiresAt()),
                notify.internal(),
                notify.locale());
    }

    /** A digest that notifies nobody records that for every event it had absorbed, so that none looks pending for ever. */
    List<RuleDecision> ignored(Candidate candidate, Ignore ignore, CurrentPosition present) {
        return forEach(candidate.items(), ignored(candidate.evaluation(), ignore, present));
    }

    /** A rule that has not looked at any customer names the event's subject, if that is its whole audience. */
    RuleDecision ignored(RuleEvaluation evaluation, Ignore ignore, CurrentPosition present) {
        var customerId = ignore.customerId() != null ? ignore.customerId() : subjectOf(evaluation);
        steps.decided(
                evaluation,
                customerId == null ? "decided to tell nobody" : "decided not to tell " + customerId,
                ignore.rule().id() + ": " + ignore.reason() + ", " + ignore.detail());
        return new RuleDecision(
                evaluation.tenant(),
                eventOf(evaluation.trigger()),
                ignore.rule(),
                customerId,
                Verdict.IGNORE,
                ignore.reason(),
                ignore.detail(),
                ignore.gates(),
                null,
                present.of(evaluation.trigger()),
                evaluation.at());
    }

    RuleDecision deferred(RuleEvaluation evaluation, Wait wait, CurrentPosition present) {
        var last = wait.gates().get(wait.gates().size() - 1);
        steps.decided(
                evaluation,
                "decided to wait for " + wait.customerId(),
                wait.rule().id() + ": " + last.detail());
        return waiting(
                evaluation, wait, Verdict.DEFER, null, last.name() + ", " + last.detail(), wait.gates(), null, present);
    }

    RuleDecision digested(RuleEvaluation evaluation, Wait wait, Digest digest, CurrentPosition present) {
        var id = digest.timer().id();
        var detail = "item " + digest.items() + " of digest " + id + (digest.open() ? "" : ", which is full");
        var gates = new ArrayList<>(wait.gates().subList(0, wait.gates().size() - 1));
        gates.add(GateResult.refused(Gate.DIGEST, Reason.DIGESTED, detail));
        steps.decided(
                evaluation,
                "decided to tell " + wait.customerId() + " with others",
                wait.rule().id() + ": " + detail);
        return waiting(evaluation, wait, Verdict.DIGEST, Reason.DIGESTED, detail, gates, id, present);
    }

    private static RuleDecision waiting(
            RuleEvaluation evaluation,
            Wait wait,
            Verdict verdict,
            @Nullable Reason reason,
            String detail,
            List<GateResult> gates,
            @Nullable String notificationId,
            CurrentPosition present) {
        return new RuleDecision(
                evaluation.tenant(),
                eventOf(evaluation.trigger()),
                wait.rule(),
                wait.customerId(),
                verdict,
                reason,
                detail,
                gates,
                notificationId,
                present.of(evaluation.trigger()),
                evaluation.at());
    }

    /** A timer whose rule is gone or switched off, or whose event is no longer in the journal. */
    List<RuleDecision> cancelled(Trigger.TimedTrigger due, List<DigestItem> items, CurrentPosition present) {
        var timer = due.timer();
        var gate = GateResult.refused(
                Gate.valueOf(timer.kind().name()),
                Reason.CANCELLED,
                due instanceof Trigger.EventGone
                        ? "the event that armed it is no longer in the journal"
                        : "rule " + timer.rule().id() + " was switched off meanwhile");
        return forEach(
                items,
                new RuleDecision(
                        due.tenant(),
                        due instanceof Trigger.TimerDue known
                                ? eventOf(known)
                                : new EventRef(null, timer.armedBy().position()),
                        timer.rule(),
                        timer.customerId().isEmpty() ? null : timer.customerId(),
                        Verdict.IGNORE,
                        Reason.CANCELLED,
                        gate.detail(),
                        List.of(gate),
                        null,
                        present.of(due),
                        due.at()));
    }

    private static List<RuleDecision> forEach(List<DigestItem> items, RuleDecision decision) {
        return items.isEmpty()
                ? List.of(decision)
                : items.stream()
                        .map(item -> decision.of(
                                new EventRef(item.eventId(), item.place().position())))
                        .toList();
    }

    /** The timer of a deferred decision, never in the past. */
    Timer timer(RuleEvaluation evaluation, Wait wait) {
        var until = wait.until() == null || wait.until().isBefore(evaluation.at()) ? evaluation.at() : wait.until();
        return timer(evaluation, Timer.TimerKind.valueOf(wait.kind().name()), wait.customerId(), "", until);
    }

    /** The timer of a set that the event opened. */
    Timer timeout(RuleEvaluation evaluation, String setKey) {
        var customer = subjectOf(evaluation);
        return timer(
                evaluation,
                Timer.TimerKind.TIMEOUT,
                customer == null ? "" : customer,
                setKey,
                evaluation.at().plus(evaluation.rule().timeout().orElseThrow()));
    }

    Timer digest(RuleEvaluation evaluation, Digest.DigestKey key) {
        return timer(evaluation, Timer.TimerKind.DIGEST, key.customerId(), key.key(), evaluation.at());
    }

    DigestItem item(RuleEvaluation evaluation, Wait wait) {
        return new DigestItem(evaluation.event().id(), evaluation.about().place(), wait.context(), wait.businessKey());
    }

    private Timer timer(RuleEvaluation evaluation, Timer.TimerKind kind, String customerId, String key, Instant dueAt) {
        return new Timer(
                ids.next(),
                evaluation.tenant(),
                evaluation.trigger().event().address(),
                kind,
                evaluation.rule().ref(),
                customerId,
                key,
                evaluation.about().place(),
                evaluation.at(),
                dueAt,
                0);
    }

    /** The event that was answered, also where it only completed what another began. */
    private static EventRef eventOf(Trigger.EventTrigger trigger) {
        return new EventRef(trigger.event().id(), trigger.recorded().position());
    }

    private static @Nullable String subjectOf(RuleEvaluation evaluation) {
        return evaluation.rule().subjectOf(evaluation.event()).orElse(null);
    }
}
