package dev.carillon.notification;

import dev.carillon.delivery.Channels;
import dev.carillon.notification.NotificationDecision.ChannelResult.Send;
import dev.carillon.notification.decision.GateResult;
import dev.carillon.notification.decision.Reason;
import dev.carillon.notification.preference.Preferences;
import dev.carillon.notification.recipient.Recipient;
import dev.carillon.notification.recipient.RecipientDirectory;
import dev.carillon.notification.throttle.Recent;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Asks the pipeline's gates about a command as if something had been otherwise. It reserves, counts, writes and sends nothing, and
 * nothing else is taken to have been sent before.
 */
@ApplicationScoped
public class PipelineRehearsal {

    /** Stand for addresses that a customer does not have: nothing is ever sent to them. */
    private static final String SOME_EMAIL = "customer@example.com";

    private static final String SOME_PHONE = "+12025550100";
    private static final String SOME_ADDRESS = "https://example.com/customer";

    private final GateChain gates;
    private final RecipientDirectory recipients;
    private final Channels channels;

    PipelineRehearsal(GateChain gates, RecipientDirectory recipients, Channels channels) {
        this.gates = gates;
        this.recipients = recipients;
        this.channels = channels;
    }

    /**
     * What the gates say.
     *
     * @param refusal  the gate that refuses; null when it would be sent
     * @param channels on which it would be sent
     * @param until    until when it would be held; null when it would go at once
     */
    public record RehearsedDecision(
            List<GateResult> gates,
            @Nullable GateResult refusal,
            List<String> channels,
            @Nullable Instant until) {}

    /** Whether what a reason names can be otherwise: the customer's side can, a missing text or provider cannot. */
    public static boolean canChange(Reason reason) {
        return switch (reason) {
            case UNKNOWN_RECIPIENT,
                    NO_ADDRESS,
                    ADDRESS_SUPPRESSED,
                    UNSUBSCRIBED,
                    CATEGORY_OFF,
                    THROTTLED,
                    FREQUENCY_CAPPED,
                    DUPLICATE_BUSINESS_KEY,
                    EXPIRED -> true;
            default -> false;
        };
    }

    /** @param otherwise the reasons of the refusals that are taken not to hold */
    public Uni<RehearsedDecision> decide(Tx tx, NotificationCommand command, Set<Reason> otherwise) {
        var customer = command.recipientAsOf();
        return recipients.asOf(tx, List.of(customer)).map(known -> decide(command, known.get(customer), otherwise));
    }

    private RehearsedDecision decide(NotificationCommand command, @Nullable Recipient known, Set<Reason> otherwise) {
        var decision = gates.decide(
                otherwise.contains(Reason.EXPIRED) ? unlimited(command) : command,
                null,
                changed(command.customerId(), known, otherwise),
                Recent.NOTHING);
        var held = decision.hold();
        return new RehearsedDecision(
                decision.gates(),
                decision.refusal(),
                decision.channels(Send.class).stream().map(Send::channel).toList(),
                held == null ? null : held.until());
    }

    private @Nullable Recipient changed(String customerId, @Nullable Recipient known, Set<Reason> otherwise) {
        if (known == null && !otherwise.contains(Reason.UNKNOWN_RECIPIENT)) {
            return null;
        }
        var one = known != null
                ? known
                : new Recipient(customerId, null, null, null, null, Map.of(), 0, Preferences.NONE, List.of(), 0);
        var reachable = otherwise.contains(Reason.NO_ADDRESS);
        var wanted = otherwise.contains(Reason.UNSUBSCRIBED) || otherwise.contains(Reason.CATEGORY_OFF);
        var attributes = new HashMap<>(one.attributes());
        if (reachable) {
            channels.withAddresses().forEach(channel -> attributes.putIfAbsent(channel, SOME_ADDRESS));
        }
        return new Recipient(
                one.id(),
                one.name(),
                one.email() == null && reachable ? SOME_EMAIL : one.email(),
                one.phone() == null && reachable ? SOME_PHONE : one.phone(),
                one.segment(),
                attributes,
                one.version(),
                wanted ? allWanted(one.preferences()) : one.preferences(),
                otherwise.contains(Reason.ADDRESS_SUPPRESSED) ? List.of() : one.suppressions(),
                one.asOf());
    }

    private Preferences allWanted(Preferences said) {
        var all = new HashMap<String, Boolean>();
        channels.names().forEach(channel -> all.put(channel, true));
        return Preferences.NONE
                .withChannels(all)
                .withQuietHours(said.quietHours())
                .withTimeZone(said.timeZone())
                .withLocale(said.locale())
                .withFrequencyCap(said.frequencyCap());
    }

    private static NotificationCommand unlimited(NotificationCommand command) {
        return new NotificationCommand(
                command.tenant(),
                command.trackingId(),
                command.type(),
                command.customerId(),
                command.context(),
                command.businessKey(),
                command.channels(),
                command.priority(),
                command.correlationId(),
                command.origin(),
                command.decidedAt(),
                command.throttle(),
                Schedule.NONE,
                command.internal(),
                command.locale());
    }
}
