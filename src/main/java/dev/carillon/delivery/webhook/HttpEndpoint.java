package dev.carillon.delivery.webhook;

import dev.carillon.delivery.DeliveryOutcome.Fault;
import dev.carillon.delivery.LeasedParcel;
import dev.carillon.delivery.Parcel;
import dev.carillon.delivery.http.HttpCall;
import dev.carillon.delivery.http.HttpContract;
import dev.carillon.delivery.http.HttpResult.Answer;
import dev.carillon.platform.id.Ids;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;

import java.net.URI;
import java.time.Clock;
import java.util.Optional;

/** A signed POST; any 2xx will do, and what else the answer says is not looked at. */
class HttpEndpoint implements HttpContract {

    private final StandardWebhook signing;
    private final Clock clock;

    HttpEndpoint(StandardWebhook signing, Clock clock) {
        this.signing = signing;
        this.clock = clock;
    }

    @Override
    public Uni<HttpCall> call(LeasedParcel leased) {
        var parcel = leased.parcel();
        var call = HttpCall.json(URI.create(parcel.recipient()), message(parcel));
        return Uni.createFrom().item(call.with(signing.headers(parcel.id(), clock.instant(), call.body().getBytes())));
    }

    /** Nobody promised an id: ours is what the endpoint knows it by. */
    @Override
    public Optional<String> messageId(Answer answer, Parcel parcel) {
        return Optional.of(parcel.id());
    }

    /** It is the recipient's own: whatever it refuses us with, nobody else's would. */
    @Override
    public Fault fault(Answer answer) {
        return Fault.MESSAGE;
    }

    /** The same in every attempt. */
    private static JsonObject message(Parcel parcel) {
        return new JsonObject().put("type", "notification").put("timestamp", Ids.timeOf(parcel.id()).toString())
                .put("data", new JsonObject().put("deliveryId", parcel.id()).put("notificationId", parcel.notificationId())
                        .put("subject", parcel.subject()).put("text", parcel.text()).put("html", parcel.html()));
    }
}
