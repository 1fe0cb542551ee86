package dev.carillon.notification.webhook;

import dev.carillon.delivery.endpoint.HttpEndpointSettings;
import dev.carillon.delivery.endpoint.StandardWebhook;
import dev.carillon.delivery.httpclient.DestinationCheck;
import dev.carillon.delivery.outbox.Outbox;
import dev.carillon.platform.id.Ids;
import dev.carillon.platform.idempotency.IdempotentWork;
import dev.carillon.platform.security.Encryption;
import dev.carillon.platform.sql.Transactions;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Manages webhook subscriptions. */
@ApplicationScoped
public class Webhooks {

    /** The most subscriptions of one tenant: each gets every event it wants. */
    public static final int MOST = 20;

    private static final String HIGHEST = "7ZZZZZZZZZZZZZZZZZZZZZZZZZ~";

    private final PgSubscriptions store;
    private final PgWebhookAttempts attempts;
    private final Subscribers subscribers;
    private final StatusEvents events;
    private final Outbox outbox;
    private final DestinationCheck destinations;
    private final WebhookSettings settings;
    private final Encryption encryption;
    private final Transactions transactions;
    private final Ids ids;
    private final SecureRandom random = new SecureRandom();

    Webhooks(
            PgSubscriptions store,
            PgWebhookAttempts attempts,
            Subscribers subscribers,
            StatusEvents events,
            Outbox outbox,
            HttpEndpointSettings calls,
            WebhookSettings settings,
            Encryption encryption,
            Transactions transactions,
            Ids ids) {
        this.store = store;
        this.attempts = attempts;
        this.subscribers = subscribers;
        this.events = events;
        this.outbox = outbox;
        this.destinations = new DestinationCheck(calls.rules());
        this.settings = settings;
        this.encryption = encryption;
        this.transactions = transactions;
        this.ids = ids;
    }

    /** A subscription with its new secret, which is shown only this once. */
    public record IssuedSubscription(WebhookView webhook, String secret) {

        @Override
        public String toString() {
            return "Issued[" + webhook.id() + "]";
        }
    }

    /** Why such an address would never be called; null when it may be. Where its name leads is looked at with each call. */
    public @Nullable String unfit(String url) {
        return destinations.fault(url);
    }

    /**
     * Empty when the tenant has as many as it may have.
     *
     * @param work gives the subscription its id, by which it is found when this is done again
     */
    public Uni<Optional<IssuedSubscription>> subscribe(
            IdempotentWork work, String tenant, String url, Set<String> statuses, Set<String> types) {
        var now = ids.now().truncatedTo(ChronoUnit.MICROS); // as it is kept, so that it is answered the same ever after
        var id = work.ulid(0);
        var secret = StandardWebhook.newSecret(random);
        var made = new Subscription(
                id,
                tenant,
                url,
                Set.copyOf(statuses),
                Set.copyOf(types),
                encrypted(id, secret),
                null,
                null,
                now,
                null,
                null,
                null);
        return transactions
                .inTransaction(tx -> store.hold(tx, tenant)
                        .chain(() -> store.all(tx, tenant))
                        .chain(all -> {
                            var before = all.stream()
                                    .filter(one -> one.id().equals(id))
                                    .findFirst();
                            return before.isPresent()
                                    ? Uni.createFrom().item(before.map(this::issued))
                                    : all.size() >= MOST
                                            ? Uni.createFrom().item(Optional.<IssuedSubscription>empty())
                                            : store.insert(tx, made)
                                                    .replaceWith(Optional.of(
                                                            new IssuedSubscription(WebhookView.of(made), secret)));
                        }))
                .call(subscribers::refresh);
    }

    public Uni<List<WebhookView>> all(String tenant) {
        return transactions
                .inTransaction(tx -> store.all(tx, tenant))
                .map(all -> all.stream().map(WebhookView::of).toList());
    }

    public Uni<Optional<WebhookView>> find(String tenant, String id) {
        return transactions.inTransaction(tx -> store.find(tx, tenant, id)).map(found -> found.map(WebhookView::of));
    }

    /** Whether the subscription existed. Its pending events are dropped. */
    public Uni<Boolean> unsubscribe(String tenant, String id) {
        return changed(tx -> store.delete(tx, tenant, id));
    }

    /** A new secret; the one before signs beside it for a while. */
    public Uni<Optional<IssuedSubscription>> rotate(String tenant, String id) {
        var secret = StandardWebhook.newSecret(random);
        return changed(tx -> store.rotate(
                        tx, tenant, id, encrypted(id, secret), ids.now().plus(settings.rotation())))
                .chain(rotated -> rotated
                        ? find(tenant, id).map(found -> found.map(webhook -> new IssuedSubscription(webhook, secret)))
                        : Uni.createFrom().item(Optional.empty()));
    }

    /** Enables a disabled subscription again. It does not get the events in between. */
    public Uni<Optional<WebhookView>> enable(String tenant, String id) {
        return changed(tx -> store.enable(tx, tenant, id)).chain(() -> find(tenant, id));
    }

    /** Sends an event that is none, like any other. Answers its id; empty when there is no such subscription, or it is disabled. */
    public Uni<Optional<String>> test(String tenant, String id) {
        var event = new LinkedHashMap<String, Object>();
        event.put("eventType", "NotificationStatusTest");
        event.put("webhookId", id);
        event.put("timestamp", ids.now().toString());
        return transactions.inTransaction(tx -> store.find(tx, tenant, id).chain(found -> {
            if (found.isEmpty() || !found.get().active()) {
                return Uni.createFrom().item(Optional.<String>empty());
            }
            var delivery = events.delivery(found.get(), event, null);
            return outbox.enqueue(tx, List.of(delivery))
                    .replaceWith(Optional.of(delivery.delivery().id()));
        }));
    }

    /**
     * What was sent to it lately, newest first; empty when there is no such subscription.
     *
     * @param after what the page before gave as next; null for the first
     */
    public Uni<Optional<WebhookAttemptsView>> attempts(String tenant, String id, @Nullable String after, int limit) {
        return transactions.inTransaction(tx -> store.find(tx, tenant, id)
                .chain(found -> found.isEmpty()
                        ? Uni.createFrom().item(Optional.empty())
                        : attempts.newest(tx, tenant, id, after == null ? HIGHEST : after, limit + 1)
                                .map(events -> Optional.of(
                                        events.size() <= limit
                                                ? new WebhookAttemptsView(events, null)
                                                : new WebhookAttemptsView(
                                                        events.subList(0, limit),
                                                        events.get(limit - 1).eventId())))));
    }

    private IssuedSubscription issued(Subscription before) {
        return new IssuedSubscription(
                WebhookView.of(before), before.secretsAt(ids.now(), encryption).get(0));
    }

    private String encrypted(String id, String secret) {
        return encryption.encrypt(secret, Subscription.place(id));
    }

    private <T> Uni<T> changed(Function<Tx, Uni<T>> change) {
        return transactions.inTransaction(change).call(subscribers::refresh);
    }
}
