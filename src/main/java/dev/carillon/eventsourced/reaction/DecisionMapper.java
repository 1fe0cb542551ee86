package dev.carillon.eventsourced.reaction;

import dev.carillon.eventsourced.journal.EventPlace;
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
import dev.carillon.platform.steps.Journeys;
import dev.carillon.platform.steps.Step;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Maps a rule's trigger, facts and decision to commands, decision records and timers. */
@ApplicationScoped
class DecisionMapper {

    private static final String SERVICE = "NotificationService";

    private final Ids ids;
    private final Journeys journeys;

    DecisionMapper(Ids ids, Journeys journeys) {
        this.ids = ids;
        this.journeys = journeys;
    }

    void heard(Trigger trigger) {
        if (trigger instanceof Trigger.EventPublished heard) {
            journeys.step(
                    trigger.tenant(),
                    Step.StepKind.HEAR,
                    "EventBus",
                    SERVICE,
                    "delivered " + heard.event().type(),
                    () -> "on " + heard.event().address());
        } else if (trigger instanceof Trigger.TimedTrigger timed) {
            journeys.step(
                    trigger.tenant(),
                    Step.StepKind.HEAR,
                    "Timers",
                    SERVICE,
                    "its time has come",
                    () -> "armed for rule " + timed.timer().rule().id());
        }
    }

    /** Records which facts memory is asked for. */
    void recalls(RuleEvaluation ruleEvaluation) {
        if (journeys.watched(ruleEvaluation.tenant())) {
            ruleEvaluation
                    .entityKeys()
                    .forEach(key -> recalled(
                            ruleEvaluation.tenant(),
                            key.key().kind() + " " + key.key().id()));
            var set = ruleEvaluation.setKey();
            if (set != null) {
                recalled(
                        ruleEvaluation.tenant(),
                        "what was collected for " + set.key().key());
            }
        }
    }

    void recalled(String tenant, String what) {
        journeys.step(
                tenant,
                Step.StepKind.LOOKUP_BY_SERVICE,
                SERVICE,
                "Memory",
                "recalled " + what,
                () -> "folded from events");
    }

    NotificationCommand command(Candidate candidate, Notify decided, CurrentPosition present) {
        var ruleEvaluation = candidate.ruleEvaluation();
        var given = candidate.trackingId();
        decided(
                ruleEvaluation,
                "decided to tell " + decided.customerId(),
                decided.rule().id());
        var event = ruleEvaluation.about().event();
        return new NotificationCommand(
                ruleEvaluation.tenant(),
                given == null ? ids.next() : given,
                decided.type(),
                decided.customerId(),
                decided.context(),
                decided.businessKey(),
                decided.channels(),
                decided.priority(),
                event.extension("correlationid"),
                new EventOrigin(
                        triggerOf(ruleEvaluation.trigger()),
                        decided.rule(),
                        decided.gates(),
                        event.extension("traceparent"),
                        present.of(ruleEvaluation.trigger())),
                ruleEvaluation.at(),
                decided.throttle(),
                Schedule.until(decided.expiresAt()),
                decided.internal(),
                decided.locale());
    }

    RuleDecision ignored(RuleEvaluation ruleEvaluation, Ignore decided, CurrentPosition present) {
        var customerId = decided.customerId() != null ? decided.customerId() : subjectOf(ruleEvaluation);
        decided(
                ruleEvaluation,
                customerId == null ? "decided to tell nobody" : "decided not to tell " + customerId,
                decided.rule().id() + ": " + decided.reason() + ", " + decided.detail());
        return new RuleDecision(
                ruleEvaluation.tenant(),
                triggerOf(ruleEvaluation.trigger()),
                decided.rule(),
                customerId,
                Verdict.IGNORE,
                decided.reason(),
                decided.detail(),
                decided.gates(),
                null,
                present.of(ruleEvaluation.trigger()),
                ruleEvaluation.at());
    }

    /**
     * A digest that notifies nobody records that for every event it had absorbed, so that none looks pending for ever.
     */
    List<RuleDecision> ignored(Candidate candidate, Ignore decided, CurrentPosition present) {
        var ignored = ignored(candidate.ruleEvaluation(), decided, present);
        return candidate.items().isEmpty()
                ? List.of(ignored)
                : candidate.items().stream()
                        .map(item -> ignored.of(triggerOf(item)))
                        .toList();
    }

    RuleDecision deferred(RuleEvaluation ruleEvaluation, Wait decided, CurrentPosition present) {
        var verdict = decided.gates().get(decided.gates().size() - 1);
        decided(
                ruleEvaluation,
                "decided to wait for " + decided.customerId(),
                decided.rule().id() + ": " + verdict.detail());
        return new RuleDecision(
                ruleEvaluation.tenant(),
                triggerOf(ruleEvaluation.trigger()),
                decided.rule(),
                decided.customerId(),
                Verdict.DEFER,
                null,
                verdict.name() + ", " + verdict.detail(),
                decided.gates(),
                null,
                present.of(ruleEvaluation.trigger()),
                ruleEvaluation.at());
    }

    RuleDecision digested(RuleEvaluation ruleEvaluation, Wait decided, Digest digest, CurrentPosition present) {
        var gates = new ArrayList<>(decided.gates().subList(0, decided.gates().size() - 1));
        var detail = "item " + digest.items() + " of digest " + digest.timer().id()
                + (digest.open() ? "" : ", which is full");
        gates.add(GateResult.refused(Gate.DIGEST, Reason.DIGESTED, detail));
        decided(
                ruleEvaluation,
                "decided to tell " + decided.customerId() + " with others",
                decided.rule().id() + ": " + detail);
        return new RuleDecision(
                ruleEvaluation.tenant(),
                triggerOf(ruleEvaluation.trigger()),
                decided.rule(),
                decided.customerId(),
                Verdict.DIGEST,
                Reason.DIGESTED,
                detail,
                gates,
                digest.timer().id(),
                present.of(ruleEvaluation.trigger()),
                ruleEvaluation.at());
    }

    /** The rule that something waited for is gone or switched off, or the event that made it wait is no longer in the journal. */
    List<RuleDecision> withdrawn(Reaction.Withdrawn withdrawn, CurrentPosition present) {
        var due = withdrawn.due();
        var timer = due.timer();
        var gate = GateResult.refused(
                Gate.valueOf(timer.kind().name()),
                Reason.CANCELLED,
                due instanceof Trigger.EventGone
                        ? "the event that armed it is no longer in the journal"
                        : "rule " + timer.rule().id() + " was switched off meanwhile");
        var customer = timer.customerId().isEmpty() ? null : timer.customerId();
        var eventRef = due instanceof Trigger.TimerDue known
                ? triggerOf(known)
                : new EventRef(null, timer.armedBy().position());
        var cancelled = new RuleDecision(
                due.tenant(),
                eventRef,
                timer.rule(),
                customer,
                Verdict.IGNORE,
                Reason.CANCELLED,
                gate.detail(),
                List.of(gate),
                null,
                present.of(due),
                due.at());
        return withdrawn.items().isEmpty()
                ? List.of(cancelled)
                : withdrawn.items().stream()
                        .map(item -> cancelled.of(triggerOf(item)))
                        .toList();
    }

    /** The timer of a deferred decision, never in the past. */
    Timer timer(Candidate candidate, Wait decided) {
        var ruleEvaluation = candidate.ruleEvaluation();
        var until = decided.until() == null || decided.until().isBefore(ruleEvaluation.at())
                ? ruleEvaluation.at()
                : decided.until();
        return timer(ruleEvaluation, Timer.TimerKind.valueOf(decided.kind().name()), decided.customerId(), "", until);
    }

    Timer timeout(Reaction.OpenedSet opened) {
        var ruleEvaluation = opened.ruleEvaluation();
        var customer = subjectOf(ruleEvaluation);
        return timer(
                ruleEvaluation,
                Timer.TimerKind.TIMEOUT,
                customer == null ? "" : customer,
                opened.key(),
                ruleEvaluation.at().plus(ruleEvaluation.rule().timeout().orElseThrow()));
    }

    Timer digest(Candidate candidate, Digest.DigestKey key) {
        return timer(
                candidate.ruleEvaluation(),
                Timer.TimerKind.DIGEST,
                key.customerId(),
                key.key(),
                candidate.ruleEvaluation().at());
    }

    DigestItem item(RuleEvaluation ruleEvaluation, Wait decided) {
        return new DigestItem(
                ruleEvaluation.event().id(), place(ruleEvaluation), decided.context(), decided.businessKey());
    }

    private Timer timer(
            RuleEvaluation ruleEvaluation, Timer.TimerKind kind, String customerId, String key, Instant dueAt) {
        return new Timer(
                ids.next(),
                ruleEvaluation.tenant(),
                ruleEvaluation.trigger().event().address(),
                kind,
                ruleEvaluation.rule().ref(),
                customerId,
                key,
                place(ruleEvaluation),
                ruleEvaluation.at(),
                dueAt,
                0);
    }

    private static EventPlace place(RuleEvaluation ruleEvaluation) {
        return ruleEvaluation.about().place();
    }

    /** The event that was answered: with it the trail begins, also where it only completed what another began. */
    private static EventRef triggerOf(Trigger.EventTrigger trigger) {
        return new EventRef(trigger.event().id(), trigger.recorded().position());
    }

    private static EventRef triggerOf(DigestItem item) {
        return new EventRef(item.eventId(), item.place().position());
    }

    /**
     * The customer whom a rule refuses, if it addresses the event's subject, although it has not looked at any customer
     * yet.
     */
    private static @Nullable String subjectOf(RuleEvaluation ruleEvaluation) {
        return ruleEvaluation.rule().subjectOf(ruleEvaluation.event()).orElse(null);
    }

    private void decided(RuleEvaluation ruleEvaluation, String action, String detail) {
        journeys.step(
                ruleEvaluation.tenant(), Step.StepKind.DECIDE, SERVICE, "RuleBook", action, () -> "rule " + detail);
    }
}
