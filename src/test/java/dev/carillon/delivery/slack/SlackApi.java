package dev.carillon.delivery.slack;

import dev.carillon.delivery.Delivery;
import dev.carillon.delivery.LeasedDelivery;
import dev.carillon.delivery.httpclient.HttpCall;
import dev.carillon.delivery.httpclient.HttpContract;
import dev.carillon.delivery.httpclient.HttpResult.HttpAnswer;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.Optional;

/** {@code POST /api/chat.postMessage}: 200 with {@code ok} and the message's time stamp, which is its id. */
class SlackApi implements HttpContract {

    private final URI to;
    private final String token;

    SlackApi(URI url, String token) {
        this.to = url.resolve("/api/chat.postMessage");
        this.token = token;
    }

    @Override
    public Uni<HttpCall> call(LeasedDelivery leased) {
        var delivery = leased.delivery();
        var body = new JsonObject()
                .put("channel", delivery.recipient())
                .put("text", delivery.text())
                .put("client_msg_id", delivery.id());
        return Uni.createFrom().item(HttpCall.json(to, body).with("Authorization", "Bearer " + token));
    }

    @Override
    public Optional<String> messageId(HttpAnswer answer, Delivery delivery) {
        var said = answer.json();
        return said.getValue("ok") == Boolean.TRUE && said.getValue("ts") instanceof String ts
                ? Optional.of(ts)
                : Optional.empty();
    }
}
