package dev.carillon.delivery.email;

import dev.carillon.delivery.Delivery;
import dev.carillon.delivery.DeliveryOutcome.Fault;
import dev.carillon.delivery.LeasedDelivery;
import dev.carillon.delivery.httpclient.HttpCall;
import dev.carillon.delivery.httpclient.HttpContract;
import dev.carillon.delivery.httpclient.HttpResult.HttpAnswer;
import dev.carillon.platform.value.EmailAddress;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.Optional;
import java.util.Set;

/** {@code POST /v3/mail/send}: 202 with an empty body and the id in {@code X-Message-Id}. */
class SendGrid implements HttpContract {

    /** Comes back with every event. */
    static final String DELIVERY_ID = "deliveryId";

    private static final int ACCEPTED = 202;
    private static final Set<String> SENDER = Set.of("from", "reply_to");

    private final URI to;
    private final String apiKey;
    private final EmailFrom from;

    SendGrid(URI url, String apiKey, EmailFrom from) {
        this.to = url.resolve("/v3/mail/send");
        this.apiKey = apiKey;
        this.from = from;
    }

    @Override
    public Uni<HttpCall> call(LeasedDelivery leased) {
        return Uni.createFrom()
                .item(HttpCall.json(to, mail(leased.delivery())).with("Authorization", "Bearer " + apiKey));
    }

    /** Its events name the delivery, so a 202 that lost its header on the way is still one we can follow. */
    @Override
    public Optional<String> messageId(HttpAnswer answer, Delivery delivery) {
        return answer.status() == ACCEPTED
                ? Optional.of(
                        answer.headers().contains("X-Message-Id")
                                ? answer.headers().get("X-Message-Id")
                                : delivery.id())
                : Optional.empty();
    }

    /** A 400 about a field of the sender is about who we are. */
    @Override
    public Fault fault(HttpAnswer answer) {
        return aboutTheSender(answer) ? Fault.PROVIDER : HttpContract.super.fault(answer);
    }

    private static boolean aboutTheSender(HttpAnswer answer) {
        return answer.json().getValue("errors") instanceof JsonArray errors
                && errors.stream()
                        .anyMatch(error -> error instanceof JsonObject one
                                && one.getValue("field") instanceof String field
                                && SENDER.contains(field.split("\\.", 2)[0]));
    }

    private JsonObject mail(Delivery delivery) {
        var content =
                new JsonArray().add(new JsonObject().put("type", "text/plain").put("value", delivery.text()));
        if (delivery.html() != null) {
            content.add(new JsonObject().put("type", "text/html").put("value", delivery.html()));
        }
        var recipient = new JsonObject()
                .put(
                        "to",
                        new JsonArray()
                                .add(new JsonObject().put("email", EmailAddress.canonical(delivery.recipient()))))
                .put(
                        "custom_args",
                        new JsonObject()
                                .put(DELIVERY_ID, delivery.id())
                                .put("notificationId", delivery.notificationId()));
        var sender = new JsonObject().put("email", from.address());
        if (from.name() != null) {
            sender.put("name", from.name());
        }
        var mail = new JsonObject()
                .put("personalizations", new JsonArray().add(recipient))
                .put("from", sender)
                .put("subject", delivery.subject())
                .put("content", content);
        if (from.replyTo() != null) {
            mail.put("reply_to", new JsonObject().put("email", from.replyTo()));
        }
        var headers = new JsonObject();
        MailHeaders.of(delivery).forEach(headers::put);
        return mail.put("headers", headers);
    }
}
