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
import dev.carillon.delivery.httpclient.HttpContract;
import dev.carillon.delivery.httpclient.HttpGateways;
import dev.carillon.delivery.httpclient.HttpResult;
import dev.carillon.delivery.httpclient.HttpResult.HttpAnswer;
import dev.carillon.delivery.httpclient.HttpVerdict;
import dev.carillon.platform.security.Encryption;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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
                        .map(subscription -> called(subscription, leased))
                        .orElseGet(() -> Uni.createFrom()
                                .item(new Refused(FailureKind.REJECTED, "the subscription no longer exists"))));
    }

    private Uni<DeliveryOutcome> called(Subscription subscription, LeasedDelivery leased) {
        var endpoint = new SubscriberEndpoint(subscription, encryption, clock.instant());
        return endpoint.call(leased).chain(caller::call).chain(result -> {
            var outcome = said(HttpVerdict.of(result, endpoint, leased.delivery(), clock.instant()), result);
            return health.after(subscription, outcome, result instanceof HttpAnswer answer && answer.status() == GONE)
                    .replaceWith(outcome);
        });
    }

    /** Its subscribers want to know what they answered, also when they took it. */
    private static DeliveryOutcome said(DeliveryOutcome outcome, HttpResult result) {
        return outcome instanceof Sent sent && result instanceof HttpAnswer answer
                ? new Sent(sent.providerMessageId(), "HTTP " + answer.status())
                : outcome;
    }

    /**
     * Everything but a 2xx may be repaired at the other end, so it is retried. Only an endpoint that is gone, or not
     * allowed, fails permanently at once.
     */
    private record SubscriberEndpoint(Subscription subscription, Encryption encryption, Instant now)
            implements HttpContract {

        @Override
        public Uni<HttpCall> call(LeasedDelivery leased) {
            var delivery = leased.delivery();
            var call = HttpCall.json(URI.create(subscription.url()), delivery.text())
                    .in(delivery.traceparent());
            return Uni.createFrom()
                    .item(call.with(StandardWebhook.of(subscription.secretsAt(now, encryption))
                            .headers(delivery.id(), now, call.body().getBytes())));
        }

        @Override
        public Optional<String> messageId(HttpAnswer answer, Delivery delivery) {
            return Optional.of(delivery.id());
        }

        @Override
        public Optional<DeliveryOutcome> exception(HttpAnswer answer, @Nullable Duration asked) {
            var said = "HTTP " + answer.status();
            if (answer.successful()) {
                return Optional.empty();
            }
            return Optional.of(
                    answer.status() == GONE
                            ? new Refused(FailureKind.REJECTED, said)
                            : new RetryLater(
                                    THROTTLED.contains(answer.status())
                                            ? FailureKind.RATE_LIMITED
                                            : FailureKind.PROVIDER_ERROR,
                                    said,
                                    asked));
        }
    }
}
