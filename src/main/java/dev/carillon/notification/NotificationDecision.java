package dev.carillon.notification;

import dev.carillon.delivery.outbox.DecisionBasis;
import dev.carillon.delivery.outbox.NewDelivery;
import dev.carillon.notification.decision.GateResult;
import dev.carillon.notification.decision.Reason;
import dev.carillon.notification.decision.Verdict;
import dev.carillon.notification.template.Rendered;
import dev.carillon.notification.throttle.CountedSend;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the gates decide about a notification: every gate in order, and the result for each channel.
 *
 * @param refusal     the gate that ended it for every channel; null if at least one channel sends
 * @param duplicateOf the notification that was sent for this fact already
 * @param counted     what counts from now on if at least one channel sends: under the rule's throttle, under the recipient's cap
 * @param hold        until when the deliveries are held; null if they can go at once
 * @param basis       what was known of the recipient
 */
record NotificationDecision(
        String category,
        List<GateResult> gates,
        @Nullable GateResult refusal,
        @Nullable String duplicateOf,
        List<CountedSend> counted,
        @Nullable HeldUntil hold,
        DecisionBasis basis,
        List<ChannelResult> channels) {

    /** What happens on one channel. */
    sealed interface ChannelResult {

        String channel();

        /** The notification is sent on this channel. */
        record Send(String channel, String address, Rendered.RenderedText content) implements ChannelResult {}

        /** A held delivery is released with the text it was given when it was decided. */
        record Resend(String channel, String address) implements ChannelResult {}

        /** Nothing is sent on this channel, and why. */
        @RegisterForReflection
        record Skip(String channel, Reason reason, String detail) implements ChannelResult {}
    }

    /**
     * Until when deliveries are held. What expires earlier is looked at then.
     *
     * @param reason null where they are only scheduled for later
     */
    record HeldUntil(Instant until, @Nullable Reason reason) {

        NewDelivery.Hold ofDelivery() {
            return new NewDelivery.Hold(until, reason == null ? null : reason.name());
        }
    }

    boolean sends() {
        return refusal == null;
    }

    Verdict verdict() {
        return refusal != null ? Verdict.SUPPRESS : hold != null ? Verdict.DEFER : Verdict.NOTIFY;
    }

    <T extends ChannelResult> List<T> channels(Class<T> kind) {
        return channels.stream().filter(kind::isInstance).map(kind::cast).toList();
    }
}
