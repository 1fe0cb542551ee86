package dev.carillon.notification;

import dev.carillon.delivery.outbox.DecisionBasis;
import dev.carillon.notification.NotificationDecision.ChannelResult;
import dev.carillon.notification.NotificationDecision.ChannelResult.Send;
import dev.carillon.notification.NotificationDecision.ChannelResult.Skip;
import dev.carillon.notification.NotificationDecision.HeldUntil;
import dev.carillon.notification.decision.Gate;
import dev.carillon.notification.decision.GateResult;
import dev.carillon.notification.decision.Reason;
import dev.carillon.notification.throttle.CountedSend;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Takes the channels of one notification through the gates. It holds the gates passed so far, the channels still open,
 * and the results of the others.
 */
final class ChannelGates {

    private final String category;
    private final List<GateResult> gates;
    private final List<ChannelResult> ended = new ArrayList<>();
    private final List<CountedSend> counted = new ArrayList<>();
    private List<String> open;
    private Hours hours = Hours.ANY;
    private long asOf;
    private @Nullable NotificationDecision over;

    /** @param before the gates that were passed before */
    ChannelGates(List<GateResult> before, String category, List<String> channels) {
        this.category = category;
        this.gates = new ArrayList<>(before);
        this.open = channels;
    }

    /** One gate's answer for one channel: pass, or the channel's end. */
    record ChannelAnswer(String detail, @Nullable ChannelResult end) {}

    /** A gate that can refuse one channel and pass another. */
    interface ChannelGate {
        ChannelAnswer ask(String channel);
    }

    /** Sets the journal position as of which the recipient was read. */
    void knows(long asOf) {
        this.asOf = asOf;
    }

    void pass(Gate gate, String detail) {
        gates.add(GateResult.passed(gate, detail));
    }

    /** Counts under this throttle if the notification is sent in the end. */
    void counts(CountedSend send) {
        counted.add(send);
    }

    /** Something that is asked only while a channel is left. */
    ChannelGates then(Consumer<ChannelGates> gate) {
        if (over == null) {
            gate.accept(this);
        }
        return this;
    }

    NotificationDecision refuse(Gate gate, Reason reason, String detail) {
        return refuse(gate, reason, detail, null);
    }

    NotificationDecision refuse(Gate gate, Reason reason, String detail, @Nullable String duplicateOf) {
        var refusal = GateResult.refused(gate, reason, detail);
        gates.add(refusal);
        counted.clear();
        return decision(refusal, duplicateOf, null);
    }

    ChannelGates gate(Gate gate, ChannelGate channelGate) {
        if (over != null) {
            return this;
        }
        var passed = new ArrayList<String>();
        var details = new ArrayList<String>();
        @Nullable Skip firstNo = null;
        boolean sent = false;
        for (var channel : open) {
            var answer = channelGate.ask(channel);
            details.add(answer.detail());
            if (answer.end() == null) {
                passed.add(channel);
            } else {
                ended.add(answer.end());
                sent |= !(answer.end() instanceof Skip);
                firstNo = firstNo == null && answer.end() instanceof Skip skip ? skip : firstNo;
            }
        }
        open = passed;
        var detail = details.stream().distinct().collect(Collectors.joining(", "));
        if (open.isEmpty() && !sent && firstNo != null) {
            over = refuse(gate, firstNo.reason(), detail);
        } else {
            pass(gate, detail);
        }
        return this;
    }

    /**
     * The gate that is recorded only if it stops something: too large for its channel.
     *
     * @param whole whether one channel's refusal refuses all: an API caller can still shorten the text
     */
    ChannelGates fit(Function<Send, ChannelResult> gate, boolean whole) {
        if (over != null) {
            return this;
        }
        var oversized = new ArrayList<Skip>();
        ended.replaceAll(result -> {
            var fitted = result instanceof Send send ? gate.apply(send) : result;
            if (fitted instanceof Skip skip && fitted != result) {
                oversized.add(skip);
            }
            return fitted;
        });
        if (oversized.isEmpty()) {
            return this;
        }
        var detail = oversized.stream().map(Skip::detail).collect(Collectors.joining(", "));
        if (whole || ended.stream().noneMatch(Send.class::isInstance)) {
            ended.removeIf(Send.class::isInstance);
            over = refuse(Gate.SIZE, oversized.get(0).reason(), detail);
        } else {
            pass(Gate.SIZE, detail);
        }
        return this;
    }

    /** The last gate: it may hold back what passed all others. */
    ChannelGates quiet(Supplier<Hours> gate) {
        if (over == null) {
            hours = gate.get();
            gates.add(
                    hours.notBefore() == null
                            ? GateResult.passed(Gate.QUIET_HOURS, hours.detail())
                            : GateResult.refused(Gate.QUIET_HOURS, Reason.QUIET_HOURS, hours.detail()));
        }
        return this;
    }

    NotificationDecision end(Schedule schedule, Instant now) {
        return over != null ? over : decision(null, null, hold(schedule, now));
    }

    private @Nullable HeldUntil hold(Schedule schedule, Instant now) {
        if (hours.notBefore() != null) {
            return new HeldUntil(schedule.inTime(hours.notBefore()), Reason.QUIET_HOURS);
        }
        var scheduled = schedule.notBefore(now);
        return scheduled == null ? null : new HeldUntil(schedule.inTime(scheduled), null);
    }

    private NotificationDecision decision(
            @Nullable GateResult refusal, @Nullable String duplicateOf, @Nullable HeldUntil hold) {
        return new NotificationDecision(
                category,
                List.copyOf(gates),
                refusal,
                duplicateOf,
                List.copyOf(counted),
                hold,
                new DecisionBasis(asOf, hours.goodUntil()),
                List.copyOf(ended));
    }
}
