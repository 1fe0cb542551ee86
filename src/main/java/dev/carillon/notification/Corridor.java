package dev.carillon.notification;

import dev.carillon.delivery.Channels;
import dev.carillon.notification.Passage.ChannelFate;
import dev.carillon.notification.Passage.ChannelFate.Ring;
import dev.carillon.notification.Passage.ChannelFate.Skip;
import dev.carillon.notification.template.Categories;
import dev.carillon.notification.preference.PreferencePolicy;
import dev.carillon.notification.recipient.Recipient;
import dev.carillon.notification.template.NotificationType;
import dev.carillon.notification.template.Rendered;
import dev.carillon.notification.template.Templates;
import dev.carillon.notification.tracking.Gate;
import dev.carillon.notification.tracking.Reason;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The gates every notification walks through, whichever door it came in by: once, recipient, preference, address,
 * template. Pure: what it needs to know is handed to it. The first gate that leaves no channel is the verdict.
 */
@ApplicationScoped
class Corridor {

    private final Templates templates;
    private final Categories categories;
    private final Channels deliverable;

    Corridor(Templates templates, Categories categories, Channels deliverable) {
        this.templates = templates;
        this.categories = categories;
        this.deliverable = deliverable;
    }

    /**
     * @param toldBy    the notification that holds the command's business key, when it is another one
     * @param recipient null when nobody knows the customer
     */
    Passage walk(NotificationCommand command, @Nullable String toldBy, @Nullable Recipient recipient) {
        var type = templates.type(command.type()).orElse(null);
        var walk = new Walk(command, type == null ? "" : type.category());
        if (type == null) {
            return walk.refuse("template", Reason.TEMPLATE_MISSING, "no notification type " + command.type(), null);
        }
        if (toldBy != null) {
            return walk.refuse("once", Reason.DUPLICATE_BUSINESS_KEY, "told by " + toldBy, toldBy);
        }
        if (command.businessKey() != null) {
            walk.pass("once", "first of its business key");
        }
        if (recipient == null) {
            return walk.refuse("recipient", Reason.UNKNOWN_RECIPIENT, "nobody is known by this id", null);
        }
        walk.pass("recipient", "known, contact version " + recipient.version());
        return walk.gate("preference", channelsOf(command, type), channel -> prefer(recipient, type, channel))
                .gate("address", channel -> reach(recipient, channel))
                .gate("template", channel -> render(command, recipient, type, channel))
                .ended();
    }

    private static List<String> channelsOf(NotificationCommand command, NotificationType type) {
        return (command.channels().isEmpty() ? type.channels() : command.channels()).stream().distinct().toList();
    }

    private Fate prefer(Recipient recipient, NotificationType type, String channel) {
        var category = categories.category(type.category()).orElseThrow();
        var verdict = PreferencePolicy.judge(recipient.preferences(), category, type.mandatory(), channel);
        var detail = channel + (verdict.allowed() ? " on by " : " off by ") + verdict.level();
        return verdict.reason() == null ? new Fate(detail, null) : new Fate(detail, new Skip(channel, verdict.reason(), detail));
    }

    private Fate reach(Recipient recipient, String channel) {
        if (!deliverable.has(channel)) {
            return new Fate("nothing sends on " + channel, new Skip(channel, Reason.NO_PROVIDER, "nothing sends on " + channel));
        }
        return recipient.address(channel).isPresent() ? new Fate(channel + " has an address", null)
                : new Fate(channel + " has no address", new Skip(channel, Reason.NO_ADDRESS, "no address for " + channel));
    }

    private Fate render(NotificationCommand command, Recipient recipient, NotificationType type, String channel) {
        var rendered = templates.render(type, channel, command.context(), recipient.asFacts());
        if (rendered instanceof Rendered.NotRendered not) {
            return new Fate(not.detail(), new Skip(channel, Reason.valueOf(not.reason().name()), not.detail()));
        }
        return new Fate(channel + " rendered", new Ring(channel, recipient.address(channel).orElseThrow(), (Rendered.Content) rendered));
    }

    /** What one gate says of one channel: on to the next gate, or its end. */
    private record Fate(String detail, @Nullable ChannelFate end) {
    }

    private interface ChannelGate {
        Fate ask(String channel);
    }

    /** The way so far: the channels still open, the fates of the others. */
    private static final class Walk {

        private final NotificationCommand command;
        private final String category;
        private final List<Gate> gates;
        private final List<ChannelFate> ended = new ArrayList<>();
        private List<String> open = List.of();
        private @Nullable Passage over;

        Walk(NotificationCommand command, String category) {
            this.command = command;
            this.category = category;
            this.gates = new ArrayList<>(command.origin().gates());
        }

        void pass(String gate, String detail) {
            gates.add(Gate.passed(gate, detail));
        }

        Passage refuse(String gate, Reason reason, String detail, @Nullable String duplicateOf) {
            var refusal = Gate.refused(gate, reason, detail);
            gates.add(refusal);
            return new Passage(command, category, List.copyOf(gates), refusal, duplicateOf, List.copyOf(ended));
        }

        Walk gate(String name, List<String> channels, ChannelGate gate) {
            open = channels;
            return gate(name, gate);
        }

        Walk gate(String name, ChannelGate gate) {
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
                    rung |= fate.end() instanceof Ring;
                    firstNo = firstNo == null && fate.end() instanceof Skip skip ? skip : firstNo;
                }
            }
            open = on;
            var detail = details.stream().collect(Collectors.joining(", "));
            if (open.isEmpty() && !rung && firstNo != null) {
                over = refuse(name, firstNo.reason(), detail, null);
            } else {
                pass(name, detail);
            }
            return this;
        }

        Passage ended() {
            return over != null ? over : new Passage(command, category, List.copyOf(gates), null, null, List.copyOf(ended));
        }
    }
}
