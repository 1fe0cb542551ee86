package dev.carillon.delivery.httpclient;

import dev.carillon.delivery.DeliveryOutcome;
import dev.carillon.delivery.DeliveryOutcome.RetryLater;
import dev.carillon.delivery.FailureKind;
import dev.carillon.delivery.Gateway;
import dev.carillon.delivery.LeasedDelivery;
import dev.carillon.delivery.httpclient.HttpContract.NotReadyException;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.util.function.IntSupplier;

/** Sends through any provider with an HTTP API. */
public final class HttpGateway implements Gateway {

    private final HttpCaller caller;
    private final HttpContract contract;
    private final Clock clock;
    private final IntSupplier free;

    /** @param free how many more it can send now */
    HttpGateway(HttpCaller caller, HttpContract contract, Clock clock, IntSupplier free) {
        this.caller = caller;
        this.contract = contract;
        this.clock = clock;
        this.free = free;
    }

    @Override
    public int free() {
        return free.getAsInt();
    }

    @Override
    public Uni<DeliveryOutcome> send(LeasedDelivery leased) {
        return contract.call(leased)
                .chain(call -> caller.call(
                        call.with("Idempotency-Key", leased.delivery().id())
                                .in(leased.delivery().traceparent())))
                .map(result -> HttpVerdict.of(result, contract, leased.delivery(), clock.instant()))
                .onFailure(NotReadyException.class)
                .recoverWithItem(notReady ->
                        new RetryLater(FailureKind.PROVIDER_ERROR, String.valueOf(notReady.getMessage()), null));
    }
}
