package dev.carillon.notification;

import dev.carillon.notification.NotificationDecision.ChannelResult.Send;
import dev.carillon.notification.decision.Door;
import dev.carillon.notification.decision.Gate;
import dev.carillon.notification.decision.Reason;
import dev.carillon.notification.template.Rendered.Edition;
import org.jspecify.annotations.Nullable;

/** A command, and what was decided about it. */
record Notification(NotificationCommand command, NotificationDecision decision) {

    /** An unknown customer or a text that is too long: an API caller gets the error at once, an event is recorded. */
    boolean isRecorded() {
        return command.origin().door() != Door.API_DRIVEN || reason() != Reason.UNKNOWN_RECIPIENT && !isTooLarge();
    }

    boolean isTooLarge() {
        return decision.refusal() != null && decision.refusal().gate() == Gate.SIZE;
    }

    /** Why it is not sent; null if it is, now or later. */
    @Nullable
    Reason reason() {
        return decision.refusal() == null ? null : decision.refusal().reason();
    }

    /** The version of its text; null if nothing is sent. */
    @Nullable
    Edition edition() {
        for (var result : decision.channels()) {
            if (result instanceof Send send) {
                return send.content().edition();
            }
        }
        return null;
    }
}
