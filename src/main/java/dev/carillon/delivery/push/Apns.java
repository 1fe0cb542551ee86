package dev.carillon.delivery.push;

import com.github.f4b6a3.ulid.Ulid;
import dev.carillon.delivery.Block;
import dev.carillon.delivery.Delivery;
import dev.carillon.delivery.DeliveryOutcome;
import dev.carillon.delivery.DeliveryOutcome.RetryLater;
import dev.carillon.delivery.FailureKind;
import dev.carillon.delivery.LeasedDelivery;
import dev.carillon.delivery.httpclient.ErrorCodes;
import dev.carillon.delivery.httpclient.HttpCall;
import dev.carillon.delivery.httpclient.HttpContract;
import dev.carillon.delivery.httpclient.HttpResult.HttpAnswer;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Apple's API. {@code POST /3/device/{token}} over HTTP/2 answers 200 with {@code apns-id}; errors have a {@code
 * reason}. {@code apns-id} is the delivery's id as a UUID. With the same {@code apns-collapse-id}, a second
 * notification replaces the first.
 */
class Apns implements HttpContract {

    /**
     * About us, with any status: our key may not send for the app, or the request itself is wrong. About the device: it
     * is of another app, or none that can stand in a path. Blocked: the app is gone from the device, or there never was
     * such a one.
     */
    private static final ErrorCodes CODES = new ErrorCodes(
            Set.of(
                    "BadTopic",
                    "MissingTopic",
                    "TopicDisallowed",
                    "InvalidPushType",
                    "BadCertificate",
                    "BadCertificateEnvironment",
                    "BadEnvironmentKeyIdInToken",
                    "UnrelatedKeyIdInToken",
                    "InvalidProviderToken",
                    "MissingProviderToken"),
            Set.of("DeviceTokenNotForTopic", "MissingDeviceToken", "BadPath"),
            Map.of("Unregistered", Block.BOUNCE, "ExpiredToken", Block.BOUNCE, "BadDeviceToken", Block.BOUNCE));

    private static final int FORBIDDEN = 403;

    private final URI url;
    private final String topic;
    private final ProviderToken token;

    Apns(URI url, String topic, ProviderToken token) {
        this.url = url;
        this.topic = topic;
        this.token = token;
    }

    @Override
    public Uni<HttpCall> call(LeasedDelivery leased) {
        var delivery = leased.delivery();
        var device = URLEncoder.encode(delivery.recipient(), StandardCharsets.UTF_8);
        var expiration = delivery.expiresAt() == null
                ? HttpCall.json(url.resolve("/3/device/" + device), notification(delivery))
                : HttpCall.json(url.resolve("/3/device/" + device), notification(delivery))
                        .with(
                                "apns-expiration",
                                String.valueOf(delivery.expiresAt().getEpochSecond()));
        return Uni.createFrom()
                .item(expiration
                        .with("authorization", "bearer " + token.get())
                        .with("apns-topic", topic)
                        .with("apns-push-type", "alert")
                        .with("apns-priority", delivery.priority() == 2 ? "5" : "10")
                        .with("apns-id", Ulid.from(delivery.id()).toUuid().toString())
                        .with("apns-collapse-id", delivery.id()));
    }

    @Override
    public Optional<String> messageId(HttpAnswer answer, Delivery delivery) {
        return Optional.ofNullable(answer.headers().get("apns-id"));
    }

    @Override
    public String code(HttpAnswer answer) {
        return answer.text("reason").orElse("");
    }

    @Override
    public ErrorCodes errorCodes() {
        return CODES;
    }

    /** Clocks may differ; that is not the message's fault. */
    @Override
    public Optional<DeliveryOutcome> exception(HttpAnswer answer, @Nullable Duration asked) {
        if (answer.status() != FORBIDDEN || !code(answer).equals("ExpiredProviderToken")) {
            return Optional.empty();
        }
        token.expired();
        return Optional.of(new RetryLater(FailureKind.PROVIDER_ERROR, "HTTP 403 ExpiredProviderToken", null));
    }

    static JsonObject notification(Delivery delivery) {
        var alert = new JsonObject().put("body", delivery.text());
        if (delivery.subject() != null) {
            alert.put("title", delivery.subject());
        }
        return new JsonObject()
                .put("aps", new JsonObject().put("alert", alert).put("sound", "default"))
                .put("deliveryId", delivery.id())
                .put("notificationId", delivery.notificationId());
    }
}
