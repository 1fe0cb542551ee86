package dev.carillon.eventsourced.reaction;

import dev.carillon.eventsourced.event.EventEnvelope;
import dev.carillon.eventsourced.rule.Audience;
import dev.carillon.eventsourced.rule.Decision.Ignore;
import dev.carillon.eventsourced.rule.Decision.Notify;
import dev.carillon.notification.Door;
import dev.carillon.notification.NotificationCommand;
import dev.carillon.notification.tracking.IgnoredEvent;
import dev.carillon.notification.tracking.Origin;
import dev.carillon.platform.id.Ids;
import dev.carillon.platform.journey.Journeys;
import dev.carillon.platform.journey.Step;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

/** Says what a rule heard, recalled and decided, in the corridor's words. */
@ApplicationScoped
class Voice {

    private static final String SERVICE = "NotificationService";

    private final Ids ids;
    private final Journeys journeys;

    Voice(Ids ids, Journeys journeys) {
        this.ids = ids;
        this.journeys = journeys;
    }

    void heard(EventEnvelope event) {
        journeys.step(event.tenant(), Step.Kind.HEAR, "EventBus", SERVICE, "delivered " + event.type(), () -> "on " + event.address());
    }

    void recalled(String tenant, String what) {
        journeys.step(tenant, Step.Kind.LOOKUP_BY_SERVICE, SERVICE, "Memory", "recalled " + what, () -> "folded from events");
    }

    NotificationCommand command(Hearing hearing, Notify decided) {
        decided(hearing, "decided to tell " + decided.customerId(), decided.ruleId());
        return new NotificationCommand(hearing.tenant(), ids.next(), decided.type(), decided.customerId(), decided.context(),
                decided.businessKey(), decided.channels(), decided.priority(), hearing.pending().event().extensions().get("correlationid"),
                new Origin(Door.EVENT_SOURCED.wire(), hearing.event().id(), decided.ruleId(), decided.ruleVersion(), decided.gates(),
                        hearing.pending().event().extensions().get("traceparent")),
                hearing.event().recordedAt(), decided.throttle(), decided.expiresAt(), decided.internal());
    }

    IgnoredEvent ignored(Hearing hearing, Ignore decided) {
        var customerId = decided.customerId() != null ? decided.customerId() : subjectOf(hearing);
        decided(hearing, customerId == null ? "decided to tell nobody" : "decided not to tell " + customerId,
                decided.ruleId() + ": " + decided.reason() + ", " + decided.detail());
        return new IgnoredEvent(hearing.tenant(), hearing.event().id(), decided.ruleId(), decided.ruleVersion(), customerId,
                decided.reason(), decided.detail(), decided.gates());
    }

    /** Whom a rule that addresses the event's subject says no to, although it looked at nobody yet. */
    private static @Nullable String subjectOf(Hearing hearing) {
        return hearing.rule().audienceOf(hearing.event()) instanceof Audience.Subject subject ? subject.customerId() : null;
    }

    private void decided(Hearing hearing, String action, String detail) {
        journeys.step(hearing.tenant(), Step.Kind.DECIDE, SERVICE, "RuleBook", action, () -> "rule " + detail);
    }
}
