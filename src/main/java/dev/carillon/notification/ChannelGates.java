package dev.carillon.notification;

import dev.carillon.notification.NotificationDecision.ChannelResult;
import dev.carillon.notification.NotificationDecision.ChannelResult.Send;
import dev.carillon.notification.NotificationDecision.ChannelResult.Skip;
import dev.carillon.notification.decision.Gate;
import dev.carillon.notification.decision.GateResult;
import dev.carillon.notification.decision.Reason;
import dev.carillon.notification.throttle.CountedSend;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Walks one command through the gates. It holds the gates passed so far, the channels still open, and the results of
 * the others.
 */
final class ChannelGates {

    private final NotificationCommand command;
    private final String category;
    private final List<GateResult> gates;
    private final List<ChannelResult> ended = new ArrayList<>();
    private List<String> open;
    private final List<CountedSend> counted = new ArrayList<>();
    private Hours hours = Hours.ANY;
    private long asOf;
    private @Nullable NotificationDecision over;

    ChannelGates(NotificationCommand command, String category, List<String> channels) {
        this.command = command;
        this.category = category;
        this.gates = new ArrayList<>(command.origin().gates());
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

    NotificationDecision refuse(Gate gate, Reason reason, String detail, @Nullable String duplicateOf) {
        var refusal = GateResult.refused(gate, reason, detail);
        gates.add(refusal);
        return new NotificationDecision(
                command,
                category,
                List.copyOf(gates),
                refusal,
                duplicateOf,
                List.of(),
                Hours.ANY,
                asOf,
                List.copyOf(ended));
    }

    ChannelGates gate(Gate which, ChannelGate gate) {
        if (over != null) {
            return this;
        }
        var on = new ArrayList<String>();
        var details = new ArrayList<String>();
        @Nullable Skip firstNo = null;
        boolean rung = false;
        for (var channel : open) {
            var fate = gate.ask(channel);
            details.add(fate.detail());
            if (fate.end() == null) {
                on.add(channel);
            } else {
                ended.add(fate.end());
                rung |= !(fate.end() instanceof Skip);
                firstNo = firstNo == null && fate.end() instanceof Skip skip ? skip : firstNo;
            }
        }
        open = on;
        var detail = details.stream().distinct().collect(Collectors.joining(", "));
        if (open.isEmpty() && !rung && firstNo != null) {
            over = refuse(which, firstNo.reason(), detail, null);
        } else {
            pass(which, detail);
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
        ended.replaceAll(fate -> {
            var fitted = fate instanceof Send ring ? gate.apply(ring) : fate;
            if (fitted instanceof Skip skip && fitted != fate) {
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
            over = refuse(Gate.SIZE, oversized.get(0).reason(), detail, null);
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

    NotificationDecision ended() {
        return over != null
                ? over
                : new NotificationDecision(
                        command,
                        category,
                        List.copyOf(gates),
                        null,
                        null,
                        List.copyOf(counted),
                        hours,
                        asOf,
                        List.copyOf(ended));
    }
}
