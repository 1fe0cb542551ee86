package dev.carillon.eventsourced.reaction;

import dev.carillon.platform.steps.Journeys;
import dev.carillon.platform.steps.Step.StepKind;
import jakarta.enterprise.context.ApplicationScoped;

/** Shows the steps of the reaction to those who watch it. */
@ApplicationScoped
class ReactionSteps {

    private static final String SERVICE = "NotificationService";

    private final Journeys journeys;

    ReactionSteps(Journeys journeys) {
        this.journeys = journeys;
    }

    void heard(Trigger trigger) {
        if (trigger instanceof Trigger.EventPublished heard) {
            journeys.step(
                    trigger.tenant(),
                    StepKind.HEAR,
                    "EventBus",
                    SERVICE,
                    "delivered " + heard.event().type(),
                    () -> "on " + heard.event().address());
        } else if (trigger instanceof Trigger.TimedTrigger timed) {
            journeys.step(
                    trigger.tenant(),
                    StepKind.HEAR,
                    "Timers",
                    SERVICE,
                    "its time has come",
                    () -> "armed for rule " + timed.timer().rule().id());
        }
    }

    /** Which facts memory is asked for. */
    void recalls(RuleEvaluation evaluation) {
        if (journeys.watched(evaluation.tenant())) {
            evaluation
                    .entityKeys()
                    .forEach(key -> recalled(
                            evaluation.tenant(),
                            key.key().kind() + " " + key.key().id()));
            if (evaluation.setKey() != null) {
                recalled(
                        evaluation.tenant(),
                        "what was collected for " + evaluation.setKey().key().key());
            }
        }
    }

    void recalled(String tenant, String what) {
        journeys.step(
                tenant, StepKind.LOOKUP_BY_SERVICE, SERVICE, "Memory", "recalled " + what, () -> "folded from events");
    }

    void decided(RuleEvaluation evaluation, String action, String detail) {
        journeys.step(evaluation.tenant(), StepKind.DECIDE, SERVICE, "RuleBook", action, () -> "rule " + detail);
    }
}
