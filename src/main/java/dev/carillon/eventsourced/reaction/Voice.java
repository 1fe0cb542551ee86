package dev.carillon.eventsourced.reaction;

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

/** Says what a rule decided in the corridor's words. */
@ApplicationScoped
class Voice {

    private final Ids ids;
    private final Journeys journeys;

    Voice(Ids ids, Journeys journeys) {
        this.ids = ids;
        this.journeys = journeys;
    }

    NotificationCommand command(Hearing hearing, Notify decided) {
        decided(hearing, "decided to tell " + decided.customerId(), decided.ruleId());
        return new NotificationCommand(hearing.tenant(), ids.next(), decided.type(), decided.customerId(), decided.context(),
                decided.businessKey(), decided.channels(), decided.priority(), hearing.pending().event().extensions().get("correlationid"),
                new Origin(Door.EVENT_SOURCED.wire(), hearing.event().id(), decided.ruleId(), decided.ruleVersion(), decided.gates(),
                        hearing.pending().event().extensions().get("traceparent")));
    }

    IgnoredEvent ignored(Hearing hearing, Ignore decided) {
        decided(hearing, decided.customerId() == null ? "decided to tell nobody" : "decided not to tell " + decided.customerId(),
                decided.ruleId() + ": " + decided.reason() + ", " + decided.detail());
        return new IgnoredEvent(hearing.tenant(), hearing.event().id(), decided.ruleId(), decided.ruleVersion(), decided.customerId(),
                decided.reason(), decided.detail(), decided.gates());
    }

    private void decided(Hearing hearing, String action, String detail) {
        journeys.step(hearing.tenant(), Step.Kind.DECIDE, "NotificationService", "RuleBook", action, () -> "rule " + detail);
    }
}
