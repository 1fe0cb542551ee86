package dev.carillon.delivery.dispatch;

import dev.carillon.delivery.Channel;
import dev.carillon.delivery.DeliveryOutcome;
import dev.carillon.delivery.DeliveryOutcome.Refused;
import dev.carillon.delivery.DeliveryOutcome.RetryLater;
import dev.carillon.delivery.DeliveryOutcome.Sent;
import dev.carillon.delivery.FailureKind;
import dev.carillon.delivery.LeasedParcel;
import dev.carillon.delivery.RetrySchedule;
import dev.carillon.delivery.outbox.Attempt;
import dev.carillon.delivery.outbox.Attempt.Outcome;
import dev.carillon.platform.trace.Traces;
import io.opentelemetry.api.trace.SpanKind;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Clock;
import java.util.concurrent.ThreadLocalRandom;

/** Makes one attempt and writes down what came of it. */
@ApplicationScoped
class Sender {

    private final Completions completions;
    private final Patience patience;
    private final Traces traces;
    private final Clock clock;

    Sender(Completions completions, Patience patience, Traces traces, Clock clock) {
        this.completions = completions;
        this.patience = patience;
        this.traces = traces;
        this.clock = clock;
    }

    /** Completes when the outcome is committed; fails when it could not be. */
    Uni<Void> send(Channel channel, LeasedParcel leased) {
        var span = traces.begin("deliver " + channel.name(), SpanKind.CLIENT, leased.parcel().traceparent());
        var attempt = expired(leased)
                ? Uni.createFrom().<DeliveryOutcome>item(new Refused(FailureKind.EXPIRED, "expired before it could be sent"))
                : tried(channel, leased);
        return traces.end(span, attempt)
                .map(outcome -> attempted(channel, leased, outcome))
                .chain(completions::write);
    }

    /** A provider gets nine tenths of the lease: the rest is for writing the outcome down while the parcel is still ours. */
    private Uni<DeliveryOutcome> tried(Channel channel, LeasedParcel leased) {
        var deadline = leased.leasedAt().plus(leased.lease().multipliedBy(9).dividedBy(10));
        return patience.until(deadline, Uni.createFrom().deferred(() -> channel.send(leased)))
                .onItem().ifNull().failWith(() -> new IllegalStateException("a channel answered nothing"))
                .onFailure().recoverWithItem(failure -> broken(channel, leased, failure));
    }

    private static DeliveryOutcome broken(Channel channel, LeasedParcel leased, Throwable failure) {
        var cause = failure.getClass().getSimpleName();
        Log.warnf("channel broke and is tried again on schedule: channel=%s delivery=%s attempt=%d cause=%s",
                channel.name(), leased.parcel().id(), leased.attempt(), cause);
        return new RetryLater(FailureKind.PROVIDER_ERROR, cause, null);
    }

    private boolean expired(LeasedParcel leased) {
        var expiresAt = leased.parcel().expiresAt();
        return expiresAt != null && !clock.instant().isBefore(expiresAt);
    }

    private Attempt attempted(Channel channel, LeasedParcel leased, DeliveryOutcome outcome) {
        if (outcome instanceof Sent sent) {
            return new Attempt(leased, channel.provider(), Outcome.SENT, null, null, sent.providerMessageId(), null);
        }
        if (outcome instanceof RetryLater later) {
            return RetrySchedule.STANDARD
                    .next(leased.attempt(), clock.instant(), later.after(), leased.parcel().expiresAt(), ThreadLocalRandom.current())
                    .map(at -> new Attempt(leased, channel.provider(), Outcome.RETRY, later.failure().name(), later.detail(), null, at))
                    .orElseGet(() -> dead(channel, leased, later.failure(), later.detail()));
        }
        var refused = (Refused) outcome;
        return dead(channel, leased, refused.failure(), refused.detail());
    }

    private static Attempt dead(Channel channel, LeasedParcel leased, FailureKind failure, String detail) {
        return new Attempt(leased, channel.provider(), Outcome.DEAD, failure.name(), detail, null, null);
    }
}
