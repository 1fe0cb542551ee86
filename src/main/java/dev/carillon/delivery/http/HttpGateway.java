package dev.carillon.delivery.http;

import dev.carillon.delivery.DeliveryOutcome;
import dev.carillon.delivery.DeliveryOutcome.RetryLater;
import dev.carillon.delivery.FailureKind;
import dev.carillon.delivery.Gateway;
import dev.carillon.delivery.LeasedParcel;
import dev.carillon.delivery.http.HttpContract.NotReadyException;
import io.smallrye.mutiny.Uni;

import java.time.Clock;

/** The way to any provider with an HTTP API. */
public final class HttpGateway implements Gateway {

    private final HttpCaller caller;
    private final HttpContract contract;
    private final Clock clock;

    public HttpGateway(HttpCaller caller, HttpContract contract, Clock clock) {
        this.caller = caller;
        this.contract = contract;
        this.clock = clock;
    }

    @Override
    public Uni<DeliveryOutcome> send(LeasedParcel leased) {
        return contract.call(leased)
                .chain(call -> caller.call(call.with("Idempotency-Key", leased.parcel().id()).in(leased.parcel().traceparent())))
                .map(result -> HttpVerdict.of(result, contract, leased.parcel(), clock.instant()))
                .onFailure(NotReadyException.class)
                .recoverWithItem(notReady -> new RetryLater(FailureKind.PROVIDER_ERROR, String.valueOf(notReady.getMessage()), null));
    }
}
