package dev.carillon.notification;

import dev.carillon.delivery.outbox.HeldDelivery;
import dev.carillon.delivery.outbox.NewDelivery.Hold;
import dev.carillon.delivery.outbox.ReleaseDecision;
import dev.carillon.delivery.outbox.ReleaseDecision.HoldAgain;
import dev.carillon.delivery.outbox.ReleaseDecision.Release;
import dev.carillon.delivery.outbox.ReleaseDecision.Withdraw;
import dev.carillon.notification.NotificationDecision.ChannelResult;
import dev.carillon.notification.NotificationDecision.ChannelResult.Resend;
import dev.carillon.notification.NotificationDecision.ChannelResult.Skip;
import dev.carillon.notification.decision.Reason;
import dev.carillon.notification.decision.Verdict;
import dev.carillon.notification.recipient.Recipient;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Runs held notifications through the gates again. Pure. */
@ApplicationScoped
class Reviewer {

    private static final Duration POSTPONED = Duration.ofMinutes(5);

    private final GateChain gates;

    Reviewer(GateChain gates) {
        this.gates = gates;
    }

    /**
     * The result of the re-evaluation, and what happens to each delivery.
     *
     * @param review null where nothing has changed: it only has to wait, as before
     */
    record Reviewed(@Nullable Review review, List<ReleaseDecision> releases) {}

    /** @param deliveries those of one notification that are due */
    Reviewed review(List<HeldDelivery> deliveries, String type, @Nullable Recipient recipient, Instant now) {
        var first = deliveries.get(0);
        var channels = deliveries.stream().map(HeldDelivery::channel).distinct().toList();
        var schedule = Schedule.until(first.expiresAt());
        var decision = gates.review(type, channels, schedule, recipient, now);
        var results =
                decision.channels().stream().collect(Collectors.toMap(ChannelResult::channel, Function.identity()));
        var releases = deliveries.stream()
                .map(delivery -> release(
                        delivery, decision, results.get(delivery.channel()), hold(delivery, decision, schedule, now)))
                .toList();
        return new Reviewed(
                releases.stream().allMatch(Reviewer::waitsAsBefore)
                        ? null
                        : review(first.notificationId(), decision, releases, now),
                releases);
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
                        .<ReleaseDecision>map(delivery -> new HoldAgain(delivery, hold))
                        .toList());
    }

    private static ReleaseDecision release(
            HeldDelivery delivery, NotificationDecision decision, @Nullable ChannelResult result, @Nullable Hold hold) {
        if (result instanceof Resend resend) {
            return hold == null
                    ? new Release(delivery, resend.address(), decision.basis())
                    : new HoldAgain(delivery, hold);
        }
        if (result instanceof Skip skip) {
            return new Withdraw(delivery, skip.reason().name(), skip.detail());
        }
        var refusal = Objects.requireNonNull(decision.refusal(), "a channel without a result");
        return new Withdraw(delivery, Objects.requireNonNull(refusal.reason()).name(), refusal.detail());
    }

    /** A change of the customer shortens no wait that is not about the customer. */
    private static @Nullable Hold hold(
            HeldDelivery delivery, NotificationDecision decision, Schedule schedule, Instant now) {
        if (decision.hold() != null) {
            return decision.hold().ofDelivery();
        }
        return delivery.isEarly(now)
                ? new Hold(schedule.inTime(Objects.requireNonNull(delivery.notBefore())), null)
                : null;
    }

    private static boolean waitsAsBefore(ReleaseDecision release) {
        return release instanceof HoldAgain again
                && again.hold().reason() == null
                && again.delivery().holdReason() == null;
    }

    private static Review review(
            String notificationId, NotificationDecision decision, List<ReleaseDecision> releases, Instant now) {
        var refusal = decision.refusal();
        if (refusal != null) {
            return new Review(
                    notificationId, Verdict.SUPPRESS, refusal.reason(), refusal.detail(), decision.gates(), now, null);
        }
        var until = heldUntil(releases);
        var reason = until.isEmpty() || decision.hold() == null
                ? null
                : decision.hold().reason();
        return new Review(
                notificationId,
                until.isEmpty() ? Verdict.NOTIFY : Verdict.DEFER,
                reason,
                null,
                decision.gates(),
                now,
                until.orElse(null));
    }

    /** If none goes now: the first time at which one of them may go or is evaluated again. */
    private static Optional<Instant> heldUntil(List<ReleaseDecision> releases) {
        return releases.stream().anyMatch(Release.class::isInstance)
                ? Optional.empty()
                : releases.stream()
                        .flatMap(one -> one instanceof HoldAgain again
                                ? Stream.of(again.hold().until())
                                : Stream.<Instant>empty())
                        .min(Comparator.naturalOrder());
    }
}
