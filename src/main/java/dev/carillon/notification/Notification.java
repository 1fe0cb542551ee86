package dev.carillon.notification;

import dev.carillon.notification.decision.Door;
import dev.carillon.notification.decision.Gate;
import dev.carillon.notification.decision.Reason;

/** A command, and what was decided about it. */
record Notification(NotificationCommand command, NotificationDecision decision) {

    /** An unknown customer or a text that is too long: an API caller gets the error at once, an event is recorded. */
    boolean isRecorded() {
        return command.origin().door() != Door.API_DRIVEN
                || decision.refusal() == null
                || decision.refusal().reason() != Reason.UNKNOWN_RECIPIENT && !isTooLarge();
    }

    boolean isTooLarge() {
        return decision.refusal() != null && decision.refusal().gate() == Gate.SIZE;
    }
}
