package dev.carillon.notification;

import dev.carillon.delivery.Channels;
import dev.carillon.notification.ChannelGates.ChannelAnswer;
import dev.carillon.notification.NotificationDecision.ChannelResult;
import dev.carillon.notification.NotificationDecision.ChannelResult.Resend;
import dev.carillon.notification.NotificationDecision.ChannelResult.Send;
import dev.carillon.notification.NotificationDecision.ChannelResult.Skip;
import dev.carillon.notification.decision.Door;
import dev.carillon.notification.decision.Gate;
import dev.carillon.notification.decision.Reason;
import dev.carillon.notification.preference.PreferencePolicy;
import dev.carillon.notification.recipient.CustomerCaps;
import dev.carillon.notification.recipient.CustomerLocales;
import dev.carillon.notification.recipient.CustomerZones;
import dev.carillon.notification.recipient.InternalRecipient;
import dev.carillon.notification.recipient.Recipient;
import dev.carillon.notification.size.SizeResult;
import dev.carillon.notification.size.Sizes;
import dev.carillon.notification.template.Categories;
import dev.carillon.notification.template.Category;
import dev.carillon.notification.template.NotificationType;
import dev.carillon.notification.template.Reader;
import dev.carillon.notification.template.Rendered;
import dev.carillon.notification.template.Templates;
import dev.carillon.notification.throttle.CountedSend;
import dev.carillon.notification.throttle.Recent;
import dev.carillon.notification.throttle.Throttle;
import dev.carillon.notification.throttle.ThrottlePolicy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The gates that every notification passes, through either door: expires, once, recipient, throttle, preference,
 * address, frequency cap, template, size, quiet hours. It is pure: all facts are passed in. The first gate that leaves
 * no channel decides the verdict; quiet hours only hold the notification back.
 */
@ApplicationScoped
class GateChain {

    private final Templates templates;
    private final Categories categories;
    private final Channels deliverable;
    private final Sizes sizes;
    private final InternalRecipient ourselves;
    private final CustomerZones zones;
    private final CustomerLocales locales;
    private final CustomerCaps caps;

    GateChain(
            Templates templates,
            Categories categories,
            Channels deliverable,
            InternalRecipient ourselves,
            CustomerZones zones,
            CustomerLocales locales,
            CustomerCaps caps) {
        this.templates = templates;
        this.categories = categories;
        this.deliverable = deliverable;
        this.sizes = new Sizes(deliverable);
        this.ourselves = ourselves;
        this.zones = zones;
        this.locales = locales;
        this.caps = caps;
    }

    /**
     * @param duplicateOf the notification that holds the command's business key, when it is another one
     * @param customer    null if the customer is unknown
     * @param recent      what went out lately under the command's throttle and under the customer's cap
     */
    NotificationDecision decide(
            NotificationCommand command, @Nullable String duplicateOf, @Nullable Recipient customer, Recent recent) {
        var before = command.origin().gates();
        var schedule = command.schedule();
        var now = command.decidedAt();
        var type = templates.type(command.tenant(), command.type()).orElse(null);
        if (type == null) {
            return new ChannelGates(before, "", List.of())
                    .refuse(Gate.TEMPLATE, Reason.TEMPLATE_MISSING, "no notification type " + command.type());
        }
        var channels = channelsOf(command, type);
        var gates = new ChannelGates(before, type.category(), channels);
        if (schedule.isOver(now)) {
            return gates.refuse(Gate.EXPIRES, Reason.EXPIRED, "expired at " + schedule.expiresAt());
        }
        if (schedule.notBefore(now) != null) {
            gates.pass(Gate.SCHEDULE, "not before " + schedule.sendAt());
        }
        if (duplicateOf != null) {
            return gates.refuse(Gate.ONCE, Reason.DUPLICATE_BUSINESS_KEY, "told by " + duplicateOf, duplicateOf);
        }
        if (command.businessKey() != null) {
            gates.pass(Gate.ONCE, "first of its business key");
        }
        var recipient = command.internal() ? ourselves.recipient() : customer;
        if (recipient == null) {
            return gates.refuse(Gate.RECIPIENT, Reason.UNKNOWN_RECIPIENT, "nobody is known by this id");
        }
        var missing = command.internal() ? ourselves.missing(channels) : "";
        if (!missing.isEmpty()) {
            return gates.refuse(Gate.RECIPIENT, Reason.NO_ADDRESS, missing);
        }
        gates.knows(recipient.asOf());
        gates.pass(Gate.RECIPIENT, command.internal() ? "internal" : "known, contact version " + recipient.version());
        var throttled = command.throttle() == null
                ? null
                : throttle(gates, command, type, command.throttle(), recipient, recent);
        return throttled != null
                ? throttled
                : gates.gate(Gate.PREFERENCE, channel -> prefer(command.internal(), recipient, type, channel))
                        .gate(Gate.ADDRESS, channel -> reach(recipient, channel))
                        .then(open -> cap(open, command, type, recipient, recent))
                        .gate(Gate.TEMPLATE, channel -> render(command, recipient, channel))
                        .fit(send -> fit(type, send), command.origin().door() == Door.API_DRIVEN)
                        .quiet(() -> hours(
                                Objects.requireNonNullElse(schedule.notBefore(now), now),
                                recipient,
                                command.internal() || isMandatory(type)))
                        .end(schedule, now);
    }

    /**
     * Re-evaluates a held notification that might go now: is it still useful and wanted, at which address, and at this
     * hour?
     *
     * @param channels those that are held
     */
    NotificationDecision review(
            String typeName, List<String> channels, Schedule schedule, @Nullable Recipient customer, Instant now) {
        var type = templates.type(typeName).orElse(null);
        if (type == null) {
            return new ChannelGates(List.of(), "", List.of())
                    .refuse(Gate.TEMPLATE, Reason.TEMPLATE_MISSING, "no notification type " + typeName + " any more");
        }
        var gates = new ChannelGates(List.of(), type.category(), channels);
        if (schedule.isOver(now)) {
            return gates.refuse(Gate.EXPIRES, Reason.EXPIRED, "expired at " + schedule.expiresAt());
        }
        if (customer == null) {
            return gates.refuse(Gate.RECIPIENT, Reason.UNKNOWN_RECIPIENT, "nobody is known by this id any more");
        }
        gates.knows(customer.asOf());
        gates.pass(Gate.RECIPIENT, "known, contact version " + customer.version());
        return gates.gate(Gate.PREFERENCE, channel -> prefer(false, customer, type, channel))
                .gate(Gate.ADDRESS, channel -> resend(customer, channel))
                .quiet(() -> hours(now, customer, isMandatory(type)))
                .end(schedule, now);
    }

    /** Answers the refusal, or null when it may go on; what is mandatory counts and is never held up. */
    private @Nullable NotificationDecision throttle(
            ChannelGates gates,
            NotificationCommand command,
            NotificationType type,
            Throttle throttle,
            Recipient recipient,
            Recent recent) {
        var verdict = ThrottlePolicy.judge(throttle, recent.under(throttle), command.decidedAt(), zones.of(recipient));
        var mandatory = isMandatory(type);
        if (!verdict.allowed() && !mandatory) {
            return gates.refuse(Gate.THROTTLE, Reason.THROTTLED, verdict.detail());
        }
        gates.pass(Gate.THROTTLE, mandatory ? "mandatory" : verdict.detail());
        gates.counts(counted(command, throttle, verdict));
        return null;
    }

    /** The customer's frequency cap; null if there is none, for unknown customers and for internal notifications. */
    @Nullable
    Throttle cap(NotificationCommand command, @Nullable Recipient customer) {
        return customer == null || command.internal() ? null : caps.of(customer);
    }

    /** Checks the frequency cap once for all channels that would send, because together they are one message. */
    private void cap(
            ChannelGates gates,
            NotificationCommand command,
            NotificationType type,
            Recipient recipient,
            Recent recent) {
        var cap = cap(command, recipient);
        if (cap == null) {
            return;
        }
        var verdict = ThrottlePolicy.judge(cap, recent.under(cap), command.decidedAt(), zones.of(recipient));
        var mandatory = isMandatory(type);
        var detail = mandatory ? "mandatory" : verdict.detail();
        gates.counts(counted(command, cap, verdict));
        gates.gate(
                Gate.FREQUENCY_CAP,
                channel -> new ChannelAnswer(
                        detail,
                        mandatory || verdict.allowed() ? null : new Skip(channel, Reason.FREQUENCY_CAPPED, detail)));
    }

    private static CountedSend counted(
            NotificationCommand command, Throttle throttle, ThrottlePolicy.ThrottleVerdict verdict) {
        return new CountedSend(
                command.tenant(),
                throttle.key(),
                command.decidedAt(),
                verdict.windowStart(),
                verdict.until(),
                command.trackingId());
    }

    private static List<String> channelsOf(NotificationCommand command, NotificationType type) {
        return (command.channels().isEmpty() ? type.channels() : command.channels())
                .stream().distinct().toList();
    }

    private boolean isMandatory(NotificationType type) {
        return type.mandatory() || categoryOf(type).mandatory();
    }

    private Hours hours(Instant now, Recipient recipient, boolean atAnyHour) {
        return atAnyHour
                ? Hours.MANDATORY
                : Hours.at(now, recipient.preferences().quietHours(), zones.of(recipient));
    }

    private Category categoryOf(NotificationType type) {
        return categories.category(type.category()).orElseThrow();
    }

    private ChannelAnswer prefer(boolean internal, Recipient recipient, NotificationType type, String channel) {
        if (internal) {
            return new ChannelAnswer("internal", null);
        }
        var suppression = recipient.suppression(channel).orElse(null);
        var verdict = PreferencePolicy.judge(
                suppression, recipient.preferences(), categoryOf(type), type.mandatory(), channel);
        var detail = channel
                + (verdict.allowed() ? " on by " : " off by ")
                + verdict.level()
                + (suppression == null ? "" : ", " + suppression.cause().wire() + " at " + suppression.since());
        return verdict.reason() == null
                ? new ChannelAnswer(detail, null)
                : new ChannelAnswer(detail, new Skip(channel, verdict.reason(), detail));
    }

    private ChannelAnswer reach(Recipient recipient, String channel) {
        if (!deliverable.has(channel)) {
            return new ChannelAnswer(
                    "nothing sends on " + channel,
                    new Skip(channel, Reason.NO_PROVIDER, "nothing sends on " + channel));
        }
        return address(recipient, channel).isPresent()
                ? new ChannelAnswer(channel + " has an address", null)
                : new ChannelAnswer(
                        channel + " has no address", new Skip(channel, Reason.NO_ADDRESS, "no address for " + channel));
    }

    /** Ourselves are no customer, and have no more addresses than are set. */
    private Optional<String> address(Recipient recipient, String channel) {
        return deliverable.reachesByCustomerId(channel) && recipient != ourselves.recipient()
                ? Optional.of(recipient.id())
                : recipient.address(channel);
    }

    private ChannelAnswer resend(Recipient recipient, String channel) {
        var reached = reach(recipient, channel);
        return reached.end() != null
                ? reached
                : new ChannelAnswer(
                        reached.detail(),
                        new Resend(channel, address(recipient, channel).orElseThrow()));
    }

    private ChannelResult fit(NotificationType type, Send send) {
        var fit = sizes.fit(type, send.channel(), send.address(), send.content());
        return fit instanceof SizeResult.Carried carried
                ? new Send(send.channel(), send.address(), carried.content())
                : new Skip(send.channel(), Reason.VARIABLE_MISSING, ((SizeResult.Oversized) fit).detail());
    }

    private ChannelAnswer render(NotificationCommand command, Recipient recipient, String channel) {
        var locale = command.locale() == null ? locales.of(recipient) : command.locale();
        var rendered = templates.render(
                command.tenant(),
                command.type(),
                channel,
                new Reader(locale, zones.of(recipient), recipient.asFacts()),
                command.context());
        if (rendered instanceof Rendered.NotRendered not) {
            return new ChannelAnswer(not.detail(), new Skip(channel, not.reason(), not.detail()));
        }
        return new ChannelAnswer(
                channel + " rendered",
                new Send(channel, address(recipient, channel).orElseThrow(), (Rendered.RenderedText) rendered));
    }
}
