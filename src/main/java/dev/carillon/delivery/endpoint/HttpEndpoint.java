package dev.carillon.delivery.endpoint;

import dev.carillon.delivery.Delivery;
import dev.carillon.delivery.DeliveryOutcome.Fault;
import dev.carillon.delivery.LeasedDelivery;
import dev.carillon.delivery.httpclient.HttpCall;
import dev.carillon.delivery.httpclient.HttpContract;
import dev.carillon.delivery.httpclient.HttpResult.HttpAnswer;
import dev.carillon.platform.id.Ids;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;

/** Calls an endpoint with a signed POST. Any 2xx is a success; the rest of the answer is ignored. */
class HttpEndpoint implements HttpContract {

    private final StandardWebhook signing;
    private final Clock clock;

    HttpEndpoint(StandardWebhook signing, Clock clock) {
        this.signing = signing;
        this.clock = clock;
    }

    @Override
    public Uni<HttpCall> call(LeasedDelivery leased) {
        var delivery = leased.delivery();
        var call = HttpCall.json(URI.create(delivery.recipient()), message(delivery));
        return Uni.createFrom()
                .item(call.with(signing.headers(
                        delivery.id(), clock.instant(), call.body().getBytes())));
    }

    /** Endpoints promise no id, so the message id is ours. */
    @Override
    public Optional<String> messageId(HttpAnswer answer, Delivery delivery) {
        return Optional.of(delivery.id());
    }

    /** The endpoint is the recipient's own, so its refusals concern nobody else. */
    @Override
    public Fault fault(HttpAnswer answer) {
        return Fault.MESSAGE;
    }

    /** The same in every attempt. */
    private static JsonObject message(Delivery delivery) {
        return new JsonObject()
                .put("type", "notification")
                .put("timestamp", Ids.timeOf(delivery.id()).toString())
                .put(
                        "data",
                        new JsonObject()
                                .put("deliveryId", delivery.id())
                                .put("notificationId", delivery.notificationId())
                                .put("subject", delivery.subject())
                                .put("text", delivery.text())
                                .put("html", delivery.html()));
    }
}
