package dev.carillon.eventsourced.reaction;

import dev.carillon.eventsourced.journal.EventPlace;
import dev.carillon.eventsourced.rule.Decision.Ignore;
import dev.carillon.eventsourced.rule.Decision.Notify;
import dev.carillon.eventsourced.rule.Decision.Wait;
import dev.carillon.eventsourced.waiting.Digest;
import dev.carillon.eventsourced.waiting.Item;
import dev.carillon.eventsourced.waiting.Timer;
import dev.carillon.notification.Door;
import dev.carillon.notification.NotificationCommand;
import dev.carillon.notification.Schedule;
import dev.carillon.notification.tracking.Gate;
import dev.carillon.notification.tracking.Origin;
import dev.carillon.notification.tracking.Reason;
import dev.carillon.notification.tracking.RuleDecision;
import dev.carillon.notification.tracking.RuleDecision.Verdict;
import dev.carillon.notification.tracking.Trigger;
import dev.carillon.platform.id.Ids;
import dev.carillon.platform.journey.Journeys;
import dev.carillon.platform.journey.Step;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Says what a rule heard, recalled and decided, in the words of the corridor and of the waiting room. */
@ApplicationScoped
class Voice {

    private static final String SERVICE = "NotificationService";

    private final Ids ids;
    private final Journeys journeys;

    Voice(Ids ids, Journeys journeys) {
        this.ids = ids;
        this.journeys = journeys;
    }

    void heard(Occasion occasion) {
        if (occasion instanceof Occasion.Heard heard) {
            journeys.step(occasion.tenant(), Step.Kind.HEAR, "EventBus", SERVICE, "delivered " + heard.event().type(), () -> "on " + heard.event().address());
        } else if (occasion instanceof Occasion.Timed timed) {
            journeys.step(occasion.tenant(), Step.Kind.HEAR, "Timers", SERVICE, "its time has come", () -> "armed for rule " + timed.timer().ruleId());
        }
    }

    /** What memory is asked for a hearing. */
    void recalls(Hearing hearing) {
        if (journeys.watched(hearing.tenant())) {
            hearing.entityKeys().forEach(key -> recalled(hearing.tenant(), key.key().kind() + " " + key.key().id()));
            var set = hearing.setKey();
            if (set != null) {
                recalled(hearing.tenant(), "what was collected for " + set.key().key());
            }
        }
    }

    void recalled(String tenant, String what) {
        journeys.step(tenant, Step.Kind.LOOKUP_BY_SERVICE, SERVICE, "Memory", "recalled " + what, () -> "folded from events");
    }

    NotificationCommand command(Candidate candidate, Notify decided, Present present) {
        var hearing = candidate.hearing();
        var given = candidate.trackingId();
        decided(hearing, "decided to tell " + decided.customerId(), decided.ruleId());
        var event = hearing.about().event();
        return new NotificationCommand(hearing.tenant(), given == null ? ids.next() : given, decided.type(), decided.customerId(), decided.context(),
                decided.businessKey(), decided.channels(), decided.priority(), event.extension("correlationid"),
                new Origin(Door.EVENT_SOURCED.wire(), triggerOf(hearing.occasion()), decided.ruleId(), decided.ruleVersion(), decided.gates(),
                        event.extension("traceparent"), present.of(hearing.occasion())),
                hearing.at(), decided.throttle(), Schedule.until(decided.expiresAt()), decided.internal(), decided.locale());
    }

    RuleDecision ignored(Hearing hearing, Ignore decided, Present present) {
        var customerId = decided.customerId() != null ? decided.customerId() : subjectOf(hearing);
        decided(hearing, customerId == null ? "decided to tell nobody" : "decided not to tell " + customerId,
                decided.ruleId() + ": " + decided.reason() + ", " + decided.detail());
        return new RuleDecision(hearing.tenant(), triggerOf(hearing.occasion()), decided.ruleId(), decided.ruleVersion(), customerId,
                Verdict.IGNORE, decided.reason(), decided.detail(), decided.gates(), null, present.of(hearing.occasion()), hearing.at());
    }

    /** A digest that tells nobody says so of everything it had absorbed: nothing stays behind as if it were still to be told. */
    List<RuleDecision> ignored(Candidate candidate, Ignore decided, Present present) {
        var ignored = ignored(candidate.hearing(), decided, present);
        return candidate.items().isEmpty() ? List.of(ignored) : candidate.items().stream().map(item -> ignored.of(triggerOf(item))).toList();
    }

    RuleDecision deferred(Hearing hearing, Wait decided, Present present) {
        var verdict = decided.gates().get(decided.gates().size() - 1);
        decided(hearing, "decided to wait for " + decided.customerId(), decided.ruleId() + ": " + verdict.detail());
        return new RuleDecision(hearing.tenant(), triggerOf(hearing.occasion()), decided.ruleId(), decided.ruleVersion(), decided.customerId(),
                Verdict.DEFER, null, verdict.name() + ", " + verdict.detail(), decided.gates(), null, present.of(hearing.occasion()), hearing.at());
    }

    RuleDecision digested(Hearing hearing, Wait decided, Digest digest, Present present) {
        var gates = new ArrayList<>(decided.gates().subList(0, decided.gates().size() - 1));
        var detail = "item " + digest.items() + " of digest " + digest.timer().id() + (digest.open() ? "" : ", which is full");
        gates.add(Gate.refused("digest", Reason.DIGESTED, detail));
        decided(hearing, "decided to tell " + decided.customerId() + " with others", decided.ruleId() + ": " + detail);
        return new RuleDecision(hearing.tenant(), triggerOf(hearing.occasion()), decided.ruleId(), decided.ruleVersion(), decided.customerId(),
                Verdict.DIGEST, Reason.DIGESTED, detail, gates, digest.timer().id(), present.of(hearing.occasion()), hearing.at());
    }

    /** The rule that something waited for is gone or switched off, or the event that made it wait is no longer in the journal. */
    List<RuleDecision> withdrawn(Reaction.Withdrawn withdrawn, Present present) {
        var due = withdrawn.due();
        var timer = due.timer();
        var gate = Gate.refused(timer.kind().wire(), Reason.CANCELLED, due instanceof Occasion.Forgotten
                ? "the event that armed it is no longer in the journal" : "rule " + timer.ruleId() + " was switched off meanwhile");
        var customer = timer.customerId().isEmpty() ? null : timer.customerId();
        var trigger = due instanceof Occasion.Due known ? triggerOf(known) : new Trigger(null, timer.armedBy().position());
        var cancelled = new RuleDecision(due.tenant(), trigger, timer.ruleId(), timer.ruleVersion(), customer, Verdict.IGNORE,
                Reason.CANCELLED, gate.detail(), List.of(gate), null, present.of(due), due.at());
        return withdrawn.items().isEmpty() ? List.of(cancelled) : withdrawn.items().stream().map(item -> cancelled.of(triggerOf(item))).toList();
    }

    /** What a deferred decision waits for: never for what is past already. */
    Timer timer(Candidate candidate, Wait decided) {
        var hearing = candidate.hearing();
        var until = decided.until() == null || decided.until().isBefore(hearing.at()) ? hearing.at() : decided.until();
        return timer(hearing, Timer.Kind.valueOf(decided.kind().name()), decided.customerId(), "", until);
    }

    Timer timeout(Reaction.Opened opened) {
        var hearing = opened.hearing();
        var customer = subjectOf(hearing);
        return timer(hearing, Timer.Kind.TIMEOUT, customer == null ? "" : customer, opened.key(), hearing.at().plus(hearing.rule().timeout().orElseThrow()));
    }

    Timer digest(Candidate candidate, Digest.Key key) {
        return timer(candidate.hearing(), Timer.Kind.DIGEST, key.customerId(), key.key(), candidate.hearing().at());
    }

    Item item(Hearing hearing, Wait decided) {
        return new Item(hearing.event().id(), place(hearing), decided.context(), decided.businessKey());
    }

    private Timer timer(Hearing hearing, Timer.Kind kind, String customerId, String key, Instant dueAt) {
        return new Timer(ids.next(), hearing.tenant(), hearing.occasion().event().address(), kind, hearing.rule().id(), hearing.rule().version(),
                customerId, key, place(hearing), hearing.at(), dueAt, 0);
    }

    private static EventPlace place(Hearing hearing) {
        return hearing.about().place();
    }

    /** The event that was answered: with it the trail begins, also where it only completed what another began. */
    private static Trigger triggerOf(Occasion.OfEvent occasion) {
        return new Trigger(occasion.event().id(), occasion.recorded().position());
    }

    private static Trigger triggerOf(Item item) {
        return new Trigger(item.eventId(), item.place().position());
    }

    /** Whom a rule that addresses the event's subject says no to, although it looked at nobody yet. */
    private static @Nullable String subjectOf(Hearing hearing) {
        return hearing.rule().subjectOf(hearing.event()).orElse(null);
    }

    private void decided(Hearing hearing, String action, String detail) {
        journeys.step(hearing.tenant(), Step.Kind.DECIDE, SERVICE, "RuleBook", action, () -> "rule " + detail);
    }
}
