package dev.carillon.notification.webhook;

import dev.carillon.delivery.Channel;
import dev.carillon.delivery.Delivery;
import dev.carillon.delivery.DeliveryOutcome;
import dev.carillon.delivery.DeliveryOutcome.Refused;
import dev.carillon.delivery.DeliveryOutcome.RetryLater;
import dev.carillon.delivery.DeliveryOutcome.Sent;
import dev.carillon.delivery.FailureKind;
import dev.carillon.delivery.LeasedDelivery;
import dev.carillon.delivery.endpoint.HttpEndpointSettings;
import dev.carillon.delivery.endpoint.StandardWebhook;
import dev.carillon.delivery.httpclient.HttpCall;
import dev.carillon.delivery.httpclient.HttpCaller;
import dev.carillon.delivery.httpclient.HttpGateways;
import dev.carillon.delivery.httpclient.HttpResult;
import dev.carillon.delivery.httpclient.HttpResult.HttpAnswer;
import dev.carillon.delivery.httpclient.HttpResult.Unanswered;
import dev.carillon.delivery.httpclient.RetryAfter;
import dev.carillon.platform.security.Encryption;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Clock;
import java.util.Set;

/** Sends status events to subscribers as in Standard Webhooks: signed, no redirects, public addresses only. */
@Singleton
class StatusWebhookChannel implements Channel {

    /** No channel of customers: nothing is rendered for it. */
    static final String NAME = "statuswebhook";

    private static final int GONE = 410;
    private static final Set<Integer> THROTTLED = Set.of(429, 502, 504);

    private final Subscribers subscribers;
    private final SubscriberHealth health;
    private final HttpCaller caller;
    private final Encryption encryption;
    private final Clock clock;

    StatusWebhookChannel(
            Subscribers subscribers,
            SubscriberHealth health,
            HttpEndpointSettings settings,
            HttpGateways gateways,
            Encryption encryption,
            Clock clock) {
        this.subscribers = subscribers;
        this.health = health;
        this.caller = gateways.publicCaller(settings, settings.rules());
        this.encryption = encryption;
        this.clock = clock;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String provider() {
        return "http";
    }

    @Override
    public boolean hasAddresses() {
        return false;
    }

    @Override
    public boolean hasDestinations() {
        return true;
    }

    /** The subscription. */
    @Override
    public String destination(Delivery delivery) {
        return delivery.notificationId();
    }

    @Override
    public Uni<DeliveryOutcome> send(LeasedDelivery leased) {
        var delivery = leased.delivery();
        return subscribers
                .find(delivery.tenant(), delivery.notificationId())
                .chain(found -> found.filter(Subscription::active)
                        .map(subscription -> told(subscription, delivery))
                        .orElseGet(() -> Uni.createFrom()
                                .item(new Refused(FailureKind.REJECTED, "the subscription no longer exists"))));
    }

    private Uni<DeliveryOutcome> told(Subscription subscription, Delivery delivery) {
        var now = clock.instant();
        var call =
                HttpCall.json(URI.create(subscription.url()), delivery.text()).in(delivery.traceparent());
        var signed = StandardWebhook.of(subscription.secretsAt(now, encryption))
                .headers(delivery.id(), now, call.body().getBytes());
        return caller.call(call.with(signed)).chain(result -> {
            var outcome = outcome(result, delivery.id());
            return health.after(subscription, outcome, result instanceof HttpAnswer answer && answer.status() == GONE)
                    .replaceWith(outcome);
        });
    }

    /**
     * Everything but a 2xx may be repaired at the other end, so it is retried. Only an endpoint that is gone, or not
     * allowed, fails permanently at once.
     */
    private DeliveryOutcome outcome(HttpResult result, String id) {
        if (result instanceof Unanswered unanswered) {
            return unanswered.outcome();
        }
        var answer = (HttpAnswer) result;
        var said = "HTTP " + answer.status();
        if (answer.successful()) {
            return new Sent(id);
        }
        if (answer.status() == GONE) {
            return new Refused(FailureKind.REJECTED, said);
        }
        var asked = RetryAfter.of(answer.headers().get("Retry-After"), clock.instant());
        return new RetryLater(
                THROTTLED.contains(answer.status()) ? FailureKind.RATE_LIMITED : FailureKind.PROVIDER_ERROR,
                said,
                asked);
    }
}
