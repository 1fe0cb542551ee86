package dev.carillon.delivery.push;

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
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Google's API. {@code POST /v1/projects/{project}/messages:send} answers 200 with the message's {@code name}; errors
 * have a status, and FCM's own code in {@code details}. The delivery's id is the notification's tag, so a second one
 * replaces the first on the device.
 */
class Fcm implements HttpContract {

    /**
     * A token of another sender concerns one device; UNREGISTERED says that the app was removed from it. A 403 or 404
     * without such a code is about our project.
     */
    private static final ErrorCodes CODES =
            new ErrorCodes(Set.of(), Set.of("SENDER_ID_MISMATCH"), Map.of("UNREGISTERED", Block.BOUNCE));

    private static final int UNAUTHENTICATED = 401;
    static final Duration LONGEST_LIFE = Duration.ofDays(28);

    private final URI to;
    private final AccessTokens tokens;
    private final Clock clock;

    Fcm(URI url, String project, AccessTokens tokens, Clock clock) {
        this.to = url.resolve("/v1/projects/" + project + "/messages:send");
        this.tokens = tokens;
        this.clock = clock;
    }

    @Override
    public Uni<HttpCall> call(LeasedDelivery leased) {
        var body = body(leased.delivery(), life(leased.delivery().expiresAt()));
        return tokens.get().map(token -> HttpCall.json(to, body).with("Authorization", "Bearer " + token));
    }

    @Override
    public Optional<String> messageId(HttpAnswer answer, Delivery delivery) {
        return answer.text("name");
    }

    @Override
    public String code(HttpAnswer answer) {
        if (!(answer.json().getValue("error") instanceof JsonObject error)) {
            return "";
        }
        if (error.getValue("details") instanceof JsonArray details) {
            for (var detail : details) {
                if (detail instanceof JsonObject own && own.getValue("errorCode") instanceof String code) {
                    return code;
                }
            }
        }
        return error.getValue("status") instanceof String status ? status : "";
    }

    @Override
    public ErrorCodes errorCodes() {
        return CODES;
    }

    /** A token can end early; that is not the message's fault. */
    @Override
    public Optional<DeliveryOutcome> exception(HttpAnswer answer, @Nullable Duration asked) {
        if (answer.status() != UNAUTHENTICATED) {
            return Optional.empty();
        }
        tokens.forget();
        return Optional.of(
                new RetryLater(FailureKind.PROVIDER_ERROR, "HTTP 401: the access token was not accepted", null));
    }

    /** @param life how long it is of use, in seconds */
    static JsonObject body(Delivery delivery, long life) {
        return new JsonObject().put("message", message(delivery, life));
    }

    private static JsonObject message(Delivery delivery, long life) {
        var notification = new JsonObject().put("body", delivery.text());
        if (delivery.subject() != null) {
            notification.put("title", delivery.subject());
        }
        return new JsonObject()
                .put("token", delivery.recipient())
                .put("notification", notification)
                .put(
                        "data",
                        new JsonObject()
                                .put("deliveryId", delivery.id())
                                .put("notificationId", delivery.notificationId()))
                .put(
                        "android",
                        new JsonObject()
                                .put("priority", delivery.priority() == 0 ? "HIGH" : "NORMAL")
                                .put("ttl", life + "s")
                                .put("notification", new JsonObject().put("tag", delivery.id())))
                .put("apns", new JsonObject().put("headers", apnsHeaders(delivery)));
    }

    private static JsonObject apnsHeaders(Delivery delivery) {
        var headers = new JsonObject()
                .put("apns-collapse-id", delivery.id())
                .put("apns-priority", delivery.priority() == 2 ? "5" : "10");
        return delivery.expiresAt() == null
                ? headers
                : headers.put(
                        "apns-expiration", String.valueOf(delivery.expiresAt().getEpochSecond()));
    }

    private long life(@Nullable Instant expiresAt) {
        var left = expiresAt == null ? LONGEST_LIFE : Duration.between(clock.instant(), expiresAt);
        return Math.max(0, Math.min(left.toSeconds(), LONGEST_LIFE.toSeconds()));
    }
}
