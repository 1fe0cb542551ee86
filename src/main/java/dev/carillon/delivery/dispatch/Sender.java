package dev.carillon.delivery.dispatch;

import dev.carillon.delivery.Channel;
import dev.carillon.delivery.DeliveryOutcome;
import dev.carillon.delivery.DeliveryOutcome.Fault;
import dev.carillon.delivery.DeliveryOutcome.NotTried;
import dev.carillon.delivery.DeliveryOutcome.Refused;
import dev.carillon.delivery.DeliveryOutcome.RetryLater;
import dev.carillon.delivery.DeliveryOutcome.Sent;
import dev.carillon.delivery.FailureKind;
import dev.carillon.delivery.LeasedDelivery;
import dev.carillon.delivery.RetrySchedule;
import dev.carillon.delivery.Route;
import dev.carillon.delivery.dispatch.ProviderSelection.Next;
import dev.carillon.delivery.dispatch.ProviderSelection.ProviderChoice.NotBefore;
import dev.carillon.delivery.dispatch.ProviderSelection.ProviderChoice.Through;
import dev.carillon.delivery.outbox.Attempt;
import dev.carillon.delivery.outbox.Attempt.AttemptOutcome;
import dev.carillon.platform.telemetry.Traces;
import io.opentelemetry.api.trace.SpanKind;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.EncodeException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Makes one attempt and records the result. */
@ApplicationScoped
class Sender {

    private static final List<Class<? extends RuntimeException>> BUGS = List.of(
            NullPointerException.class,
            IllegalArgumentException.class,
            IllegalStateException.class,
            ClassCastException.class,
            IndexOutOfBoundsException.class,
            UnsupportedOperationException.class,
            EncodeException.class);
    private static final String TOO_LATE = "expired before it could be sent";

    private final ProviderSelection selection;
    private final Completions completions;
    private final SendDeadlines sendDeadlines;
    private final Traces traces;
    private final Clock clock;

    Sender(
            ProviderSelection selection,
            Completions completions,
            SendDeadlines sendDeadlines,
            Traces traces,
            Clock clock) {
        this.selection = selection;
        this.completions = completions;
        this.sendDeadlines = sendDeadlines;
        this.traces = traces;
        this.clock = clock;
    }

    /** Completes when the outcome is committed; fails when it could not be. */
    Uni<Void> send(Channel channel, LeasedDelivery leased) {
        var span = traces.begin(
                "deliver " + channel.name(), SpanKind.CLIENT, leased.delivery().traceparent());
        if (isTooLate(leased, clock.instant())) {
            var expired = Attempt.ended(
                    leased, channel.provider(), AttemptOutcome.EXPIRED, FailureKind.EXPIRED, TOO_LATE, null);
            return traces.end(span, Uni.createFrom().item(expired)).chain(completions::write);
        }
        if (!clock.instant().isBefore(deadline(leased))) {
            return traces.end(span, completions.giveBack(leased)); // its commit took too long: nobody has seen it yet
        }
        var choice = selection.choose(channel, leased);
        if (choice instanceof NotBefore later) {
            return traces.end(span, completions.postpone(leased, later.at()));
        }
        var route = ((Through) choice).route();
        return traces.end(span, tried(channel, route, leased.in(traces.of(span))))
                .invoke(outcome -> selection.ended(channel, route, leased, outcome))
                .chain(outcome -> outcome instanceof NotTried
                        ? completions.giveBack(leased)
                        : completions.write(attempted(channel, route, leased, outcome)));
    }

    /** A provider gets nine tenths of the lease: the rest is for writing the outcome down while the delivery is still ours. */
    private Uni<DeliveryOutcome> tried(Channel channel, Route route, LeasedDelivery leased) {
        return sendDeadlines
                .until(
                        deadline(leased),
                        Uni.createFrom().deferred(() -> route.gateway().send(leased)))
                .onItem()
                .ifNull()
                .failWith(() -> new IllegalStateException("a channel gave no outcome"))
                .onFailure()
                .recoverWithItem(failure -> broken(channel, leased, failure));
    }

    private static Instant deadline(LeasedDelivery leased) {
        return leased.leasedAt().plus(leased.lease().multipliedBy(9).dividedBy(10));
    }

    private static DeliveryOutcome broken(Channel channel, LeasedDelivery leased, Throwable failure) {
        var cause = failure.getClass().getSimpleName();
        Log.warnf(
                "channel failed; the delivery is retried on schedule: channel=%s delivery=%s attempt=%d cause=%s",
                channel.name(), leased.delivery().id(), leased.attempt(), cause);
        return failure instanceof TimeoutException || failure instanceof Error
                ? new RetryLater(FailureKind.OUTCOME_UNKNOWN, cause, null)
                : new RetryLater(
                        FailureKind.PROVIDER_ERROR, cause, null, isBug(failure) ? Fault.MESSAGE : Fault.PROVIDER);
    }

    /** Whether a failure is a bug that only messages of this kind trigger. */
    private static boolean isBug(Throwable failure) {
        return BUGS.stream().anyMatch(kind -> kind.isInstance(failure));
    }

    private static boolean isTooLate(LeasedDelivery leased, Instant at) {
        var expiresAt = leased.delivery().expiresAt();
        return expiresAt != null && !at.isBefore(expiresAt);
    }

    private Attempt attempted(Channel channel, Route route, LeasedDelivery leased, DeliveryOutcome outcome) {
        if (outcome instanceof Sent sent) {
            return Attempt.sent(leased, route.provider(), sent.providerMessageId(), sent.detail());
        }
        if (outcome instanceof RetryLater later) {
            return retried(channel, route, leased, later);
        }
        var refused = (Refused) outcome;
        return Attempt.ended(
                leased,
                route.provider(),
                refused.failure() == FailureKind.EXPIRED ? AttemptOutcome.EXPIRED : AttemptOutcome.DEAD,
                refused.failure(),
                refused.detail(),
                refused.block());
    }

    /** How long one provider asks to wait binds no other. */
    private Attempt retried(Channel channel, Route route, LeasedDelivery leased, RetryLater later) {
        var next = next(channel, route, leased, later);
        if (next == null || isTooLate(leased, next.at())) {
            return Attempt.ended(
                    leased,
                    route.provider(),
                    next == null ? AttemptOutcome.DEAD : AttemptOutcome.EXPIRED,
                    later.failure(),
                    later.detail(),
                    null);
        }
        return Attempt.retry(
                leased, route.provider(), later.failure(), later.detail(), next.at(), next.provider(), next.waits());
    }

    /** Null when there is no further attempt, however long it would be of use. */
    private @Nullable Next next(Channel channel, Route route, LeasedDelivery leased, RetryLater later) {
        var now = clock.instant();
        var pause = RetrySchedule.STANDARD
                .next(leased.attempt(), now, null, null, ThreadLocalRandom.current())
                .orElse(null);
        if (pause == null) {
            return null;
        }
        var asked = later.after();
        var own = asked == null
                ? pause
                : RetrySchedule.STANDARD
                        .next(leased.attempt(), now, asked, null, ThreadLocalRandom.current())
                        .orElse(pause);
        var waits = asked != null || later.failure() == FailureKind.RATE_LIMITED
                ? leased.waits().and(route.provider(), own)
                : leased.waits();
        return selection.after(channel, route, later, waits, own, pause);
    }
}
