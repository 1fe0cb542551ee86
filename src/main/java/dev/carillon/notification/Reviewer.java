package dev.carillon.notification;

import dev.carillon.delivery.outbox.Clearance;
import dev.carillon.delivery.outbox.Consignment.Hold;
import dev.carillon.delivery.outbox.HeldParcel;
import dev.carillon.notification.Passage.ChannelFate;
import dev.carillon.notification.Passage.ChannelFate.Go;
import dev.carillon.notification.Passage.ChannelFate.Skip;
import dev.carillon.notification.recipient.Recipient;
import dev.carillon.notification.tracking.Origin;
import dev.carillon.notification.tracking.Reason;
import dev.carillon.notification.tracking.Review;
import dev.carillon.notification.tracking.Review.Verdict;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Sends what has waited through the corridor's gates again. Pure. */
@ApplicationScoped
class Reviewer {

    private static final Origin WAITED = new Origin("outbox", null, null, null, List.of(), null, null);
    private static final Duration POSTPONED = Duration.ofMinutes(5);

    private final Corridor corridor;

    Reviewer(Corridor corridor) {
        this.corridor = corridor;
    }

    /**
     * What was found, and what becomes of each parcel.
     *
     * @param review null where nothing has changed: it only has to wait, as before
     */
    record Reviewed(@Nullable Review review, List<Clearance> clearances) {
    }

    /** @param parcels those of one notification that are due */
    Reviewed review(List<HeldParcel> parcels, String type, @Nullable Recipient recipient, Instant now) {
        var first = parcels.get(0);
        var waited = new NotificationCommand(first.tenant(), first.notificationId(), type, first.customerId(), Map.of(), null,
                parcels.stream().map(HeldParcel::channel).distinct().toList(), Priority.NORMAL, null, WAITED, now, null, Schedule.until(first.expiresAt()), false);
        var passage = corridor.review(waited, recipient);
        var fates = passage.channels().stream().collect(Collectors.toMap(ChannelFate::channel, Function.identity()));
        var clearances = parcels.stream().map(parcel -> clearance(parcel, passage, fates.get(parcel.channel()))).toList();
        return new Reviewed(clearances.stream().allMatch(Reviewer::waitsAsBefore) ? null : review(passage, clearances), clearances);
    }

    /** For what broke while it was judged: it stays, and holds nobody else up. */
    Reviewed postponed(List<HeldParcel> parcels, Instant now) {
        var hold = new Hold(now.plus(POSTPONED), Reason.QUIET_HOURS.name());
        return new Reviewed(new Review(parcels.get(0).notificationId(), Verdict.DEFER, null, "could not be judged", List.of(), now, hold.until()),
                parcels.stream().<Clearance>map(parcel -> new Clearance.Wait(parcel, hold)).toList());
    }

    private static boolean waitsAsBefore(Clearance clearance) {
        return clearance instanceof Clearance.Wait wait && wait.hold().reason() == null && wait.parcel().holdReason() == null;
    }

    /** The first moment at which one of them may go or is judged once more, where none goes now. */
    private static Optional<Hold> hold(List<Clearance> clearances) {
        return clearances.stream().anyMatch(Clearance.Go.class::isInstance) ? Optional.empty()
                : clearances.stream().filter(Clearance.Wait.class::isInstance).map(wait -> ((Clearance.Wait) wait).hold()).min(Comparator.comparing(Hold::until));
    }

    private static Review review(Passage passage, List<Clearance> clearances) {
        var refusal = passage.refusal();
        var command = passage.command();
        if (refusal != null) {
            return new Review(command.trackingId(), Verdict.SUPPRESS, refusal.reason(), refusal.detail(), passage.gates(), command.decidedAt(), null);
        }
        return hold(clearances)
                .map(hold -> new Review(command.trackingId(), Verdict.DEFER, hold.reason() == null ? null : Reason.valueOf(hold.reason()), null, passage.gates(),
                        command.decidedAt(), hold.until()))
                .orElseGet(() -> new Review(command.trackingId(), Verdict.NOTIFY, null, null, passage.gates(), command.decidedAt(), null));
    }

    /** A change of the customer shortens no wait that is not about the customer. */
    private static @Nullable Hold hold(HeldParcel parcel, Passage passage) {
        var quiet = passage.hold();
        var command = passage.command();
        return quiet != null || !parcel.isEarly(command.decidedAt()) ? quiet : new Hold(command.schedule().inTime(Objects.requireNonNull(parcel.notBefore())), null);
    }

    private static Clearance clearance(HeldParcel parcel, Passage passage, @Nullable ChannelFate fate) {
        if (fate instanceof Go go) {
            var hold = hold(parcel, passage);
            return hold == null ? new Clearance.Go(parcel, go.address(), passage.judged()) : new Clearance.Wait(parcel, hold);
        }
        if (fate instanceof Skip skip) {
            return new Clearance.Withdraw(parcel, skip.reason().name(), skip.detail());
        }
        var refusal = Objects.requireNonNull(passage.refusal(), "a channel without a fate");
        return new Clearance.Withdraw(parcel, Objects.requireNonNull(refusal.reason()).name(), refusal.detail());
    }
}
