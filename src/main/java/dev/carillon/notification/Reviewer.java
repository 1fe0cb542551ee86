package dev.carillon.notification;

import dev.carillon.delivery.outbox.HeldDelivery;
import dev.carillon.delivery.outbox.NewDelivery.Hold;
import dev.carillon.delivery.outbox.ReleaseDecision;
import dev.carillon.notification.NotificationDecision.ChannelResult;
import dev.carillon.notification.NotificationDecision.ChannelResult.Resend;
import dev.carillon.notification.NotificationDecision.ChannelResult.Skip;
import dev.carillon.notification.decision.Origin;
import dev.carillon.notification.decision.Reason;
import dev.carillon.notification.decision.Verdict;
import dev.carillon.notification.recipient.Recipient;
import dev.carillon.notification.tracking.Review;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Runs held notifications through the gates again. Pure. */
@ApplicationScoped
class Reviewer {

    private static final Origin WAITED = new Origin.CallOrigin(null);
    private static final Duration POSTPONED = Duration.ofMinutes(5);

    private final GateChain corridor;

    Reviewer(GateChain corridor) {
        this.corridor = corridor;
    }

    /**
     * The result of the re-evaluation, and what happens to each delivery.
     *
     * @param review null where nothing has changed: it only has to wait, as before
     */
    record Reviewed(@Nullable Review review, List<ReleaseDecision> clearances) {}

    /** @param deliveries those of one notification that are due */
    Reviewed review(List<HeldDelivery> deliveries, String type, @Nullable Recipient recipient, Instant now) {
        var first = deliveries.get(0);
        var waited = new NotificationCommand(
                first.tenant(),
                first.notificationId(),
                type,
                first.customerId(),
                Map.of(),
                null,
                deliveries.stream().map(HeldDelivery::channel).distinct().toList(),
                Priority.NORMAL,
                null,
                WAITED,
                now,
                null,
                Schedule.until(first.expiresAt()),
                false);
        var result = corridor.review(waited, recipient);
        var fates = result.channels().stream().collect(Collectors.toMap(ChannelResult::channel, Function.identity()));
        var clearances = deliveries.stream()
                .map(delivery -> clearance(delivery, result, fates.get(delivery.channel())))
                .toList();
        return new Reviewed(
                clearances.stream().allMatch(Reviewer::waitsAsBefore) ? null : review(result, clearances), clearances);
    }

    /** For deliveries whose re-evaluation failed: they stay, and block nobody else. */
    Reviewed postponed(List<HeldDelivery> deliveries, Instant now) {
        var hold = new Hold(now.plus(POSTPONED), Reason.QUIET_HOURS.name());
        return new Reviewed(
                new Review(
                        deliveries.get(0).notificationId(),
                        Verdict.DEFER,
                        null,
                        "could not be evaluated",
                        List.of(),
                        now,
                        hold.until()),
                deliveries.stream()
                        .<ReleaseDecision>map(delivery -> new ReleaseDecision.HoldAgain(delivery, hold))
                        .toList());
    }

    private static boolean waitsAsBefore(ReleaseDecision clearance) {
        return clearance instanceof ReleaseDecision.HoldAgain wait
                && wait.hold().reason() == null
                && wait.delivery().holdReason() == null;
    }

    /** If none goes now: the first time at which one of them may go or is evaluated again. */
    private static Optional<Hold> hold(List<ReleaseDecision> clearances) {
        return clearances.stream().anyMatch(ReleaseDecision.Release.class::isInstance)
                ? Optional.empty()
                : clearances.stream()
                        .filter(ReleaseDecision.HoldAgain.class::isInstance)
                        .map(wait -> ((ReleaseDecision.HoldAgain) wait).hold())
                        .min(Comparator.comparing(Hold::until));
    }

    private static Review review(NotificationDecision result, List<ReleaseDecision> clearances) {
        var refusal = result.refusal();
        var command = result.command();
        if (refusal != null) {
            return new Review(
                    command.trackingId(),
                    Verdict.SUPPRESS,
                    refusal.reason(),
                    refusal.detail(),
                    result.gates(),
                    command.decidedAt(),
                    null);
        }
        return hold(clearances)
                .map(hold -> new Review(
                        command.trackingId(),
                        Verdict.DEFER,
                        hold.reason() == null ? null : Reason.valueOf(hold.reason()),
                        null,
                        result.gates(),
                        command.decidedAt(),
                        hold.until()))
                .orElseGet(() -> new Review(
                        command.trackingId(), Verdict.NOTIFY, null, null, result.gates(), command.decidedAt(), null));
    }

    /** A change of the customer shortens no wait that is not about the customer. */
    private static @Nullable Hold hold(HeldDelivery delivery, NotificationDecision result) {
        var quiet = result.hold();
        var command = result.command();
        return quiet != null || !delivery.isEarly(command.decidedAt())
                ? quiet
                : new Hold(command.schedule().inTime(Objects.requireNonNull(delivery.notBefore())), null);
    }

    private static ReleaseDecision clearance(
            HeldDelivery delivery, NotificationDecision result, @Nullable ChannelResult fate) {
        if (fate instanceof Resend go) {
            var hold = hold(delivery, result);
            return hold == null
                    ? new ReleaseDecision.Release(delivery, go.address(), result.judged())
                    : new ReleaseDecision.HoldAgain(delivery, hold);
        }
        if (fate instanceof Skip skip) {
            return new ReleaseDecision.Withdraw(delivery, skip.reason().name(), skip.detail());
        }
        var refusal = Objects.requireNonNull(result.refusal(), "a channel without a fate");
        return new ReleaseDecision.Withdraw(
                delivery, Objects.requireNonNull(refusal.reason()).name(), refusal.detail());
    }
}
