package dev.carillon.notification;

import dev.carillon.delivery.outbox.DecisionBasis;
import dev.carillon.delivery.outbox.NewDelivery.Hold;
import dev.carillon.notification.decision.Door;
import dev.carillon.notification.decision.Gate;
import dev.carillon.notification.decision.GateResult;
import dev.carillon.notification.decision.Reason;
import dev.carillon.notification.template.Rendered;
import dev.carillon.notification.throttle.CountedSend;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result of a command's way through the gates: every gate in order, and the result for each channel.
 *
 * @param refusal     the gate that ended it for every channel; null if at least one channel sends
 * @param duplicateOf the notification that was sent for this fact already
 * @param counted     what counts from now on if at least one channel sends: under the command's throttle, under the recipient's cap
 * @param hours       when it may go out, if at least one channel sends
 * @param asOf        the journal's position: what was known of the recipient
 */
record NotificationDecision(
        NotificationCommand command,
        String category,
        List<GateResult> gates,
        @Nullable GateResult refusal,
        @Nullable String duplicateOf,
        List<CountedSend> counted,
        Hours hours,
        long asOf,
        List<ChannelResult> channels) {

    /** What happens on one channel. */
    sealed interface ChannelResult {

        String channel();

        /** The notification is sent on this channel. */
        record Send(String channel, String address, Rendered.RenderedText content) implements ChannelResult {}

        /** A held delivery is released with the text it was given when it was decided. */
        record Resend(String channel, String address) implements ChannelResult {}

        /** Nothing is sent on this channel, and why. */
        record Skip(String channel, Reason reason, String detail) implements ChannelResult {}
    }

    boolean rings() {
        return refusal == null;
    }

    /** Until when the deliveries are held; null if they can go at once. What expires earlier is looked at then. */
    @Nullable
    Hold hold() {
        var quiet = hours.notBefore();
        if (quiet != null) {
            return new Hold(command.schedule().inTime(quiet), Reason.QUIET_HOURS.name());
        }
        var earliest = notBefore();
        return refusal != null || earliest == null
                ? null
                : new Hold(command.schedule().inTime(earliest), null);
    }

    /** Before which moment it does not go, whatever its recipient changes; null for at once. */
    @Nullable
    Instant notBefore() {
        var earliest = command.schedule().earliest(command.decidedAt());
        return earliest.equals(command.decidedAt()) ? null : earliest;
    }

    /** What the decision knew of the recipient. */
    DecisionBasis judged() {
        return new DecisionBasis(asOf, hours.goodUntil());
    }

    /** An unknown customer or a text that is too long. An API caller gets the error at once; an event is recorded. */
    boolean unrecorded() {
        return refusal != null
                && (refusal.reason() == Reason.UNKNOWN_RECIPIENT || oversized())
                && command.origin().door() == Door.API_DRIVEN;
    }

    boolean oversized() {
        return refusal != null && refusal.gate() == Gate.SIZE;
    }

    <T extends ChannelResult> List<T> fates(Class<T> kind) {
        return channels.stream().filter(kind::isInstance).map(kind::cast).toList();
    }
}
