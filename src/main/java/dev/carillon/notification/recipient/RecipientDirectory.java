package dev.carillon.notification.recipient;

import dev.carillon.delivery.outbox.Outbox;
import dev.carillon.notification.preference.PreferencesAsOf;
import dev.carillon.platform.lww.AsOf;
import dev.carillon.platform.lww.Stamp;
import dev.carillon.platform.sql.Tx;
import dev.carillon.platform.steps.Journeys;
import dev.carillon.platform.steps.Step;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * All recipients, now and as of any journal position. Events (door 1) and the customers API (door 2) both update it.
 */
@ApplicationScoped
public class RecipientDirectory {

    private final PgRecipients store;
    private final PresentRecipients present;
    private final PgRecipientsAsOf asOf;
    private final Outbox outbox;
    private final Journeys journeys;

    RecipientDirectory(
            PgRecipients store, PresentRecipients present, PgRecipientsAsOf asOf, Outbox outbox, Journeys journeys) {
        this.store = store;
        this.present = present;
        this.asOf = asOf;
        this.outbox = outbox;
        this.journeys = journeys;
    }

    /**
     * The requested recipients that are known. Not for transactions that have changed recipients themselves: changes
     * that are rolled back would be cached.
     */
    public Uni<Map<RecipientKey, Recipient>> find(Tx tx, Collection<RecipientKey> keys) {
        return keys.isEmpty()
                ? Uni.createFrom().item(Map.of())
                : present.find(tx, keys).invoke(found -> keys.forEach(this::lookedUp));
    }

    public Uni<Optional<Recipient>> find(Tx tx, String tenant, String customerId) {
        var key = new RecipientKey(tenant, customerId);
        return store.find(tx, List.of(key)).map(found -> Optional.ofNullable(found.get(key)));
    }

    /** The countries of these customers, as far as known, also from this transaction. */
    public Uni<KnownRegions> regions(Tx tx, Set<RecipientKey> asked) {
        return store.find(tx, List.copyOf(asked)).map(found -> KnownRegions.of(asked, found));
    }

    /** The requested recipients as of each position, if they were known by then. */
    public Uni<Map<AsOf<RecipientKey>, Recipient>> asOf(Tx tx, Collection<AsOf<RecipientKey>> keys) {
        return keys.isEmpty()
                ? Uni.createFrom().item(Map.of())
                : asOf.find(tx, List.copyOf(keys)).invoke(found -> keys.forEach(key -> lookedUp(key.key())));
    }

    /**
     * The requested recipients as of each position, and as of the position that is the present to it. They are read once
     * where nothing was said of them in between; what was suppressed in between is missing then in what was known.
     */
    public Uni<Map<AsOf<RecipientKey>, Recipient>> thenAndNow(Tx tx, Map<AsOf<RecipientKey>, Long> presents) {
        if (presents.isEmpty()) {
            return Uni.createFrom().item(Map.of());
        }
        var now = presents.entrySet().stream()
                .map(one -> new AsOf<>(one.getKey().key(), one.getValue()))
                .distinct()
                .toList();
        return asOf.findSince(tx, now)
                .invoke(found -> now.forEach(key -> lookedUp(key.key())))
                .chain(found -> {
                    var known = new HashMap<AsOf<RecipientKey>, Recipient>();
                    found.forEach((key, one) -> known.put(key, one.recipient()));
                    var changed = new ArrayList<AsOf<RecipientKey>>();
                    presents.forEach((then, present) -> {
                        var one = found.get(new AsOf<>(then.key(), present));
                        if (then.position() > present || one != null && one.since() > then.position()) {
                            changed.add(then);
                        } else if (one != null) {
                            known.putIfAbsent(then, one.recipient());
                        }
                    });
                    return asOf.find(tx, changed).map(then -> {
                        known.putAll(then);
                        return known;
                    });
                });
    }

    /** The ids of the customers who were in a segment as of a position, after {@code after}, in order. */
    public Uni<List<String>> segment(Tx tx, String tenant, AsOf<String> segment, String after, int limit) {
        return asOf.segment(tx, tenant, segment, after, limit);
    }

    /** Whether a customer was in a segment as of a position. */
    public Uni<Boolean> inSegment(Tx tx, String tenant, AsOf<String> segment, String customerId) {
        var key = new AsOf<>(new RecipientKey(tenant, customerId), segment.position());
        return asOf.find(tx, List.of(key))
                .map(found -> found.containsKey(key)
                        && segment.key().equals(found.get(key).segment()));
    }

    /**
     * Holds the journal until the transaction ends, so that what is kept now has its place among the events.
     *
     * @return the position from which it holds
     */
    public Uni<Long> nextPosition(Tx tx) {
        return store.nextPosition(tx);
    }

    /**
     * Like {@link #nextPosition}, for a direct change: it wins over everything recorded before it, and what is recorded
     * later counts from then on, whatever the replicas' clocks say.
     */
    public Uni<Stamp> nextAct(Tx tx) {
        return store.nextAct(tx);
    }

    /** Keeps what was said of customers, of each field the latest. The journal must be held. */
    public Uni<Void> keep(Tx tx, List<Contact> contacts) {
        return contacts.isEmpty()
                ? Uni.createFrom().voidItem()
                : store.known(tx, contacts.stream().map(Contact::key).distinct().toList())
                        .map(known -> CustomerVersion.news(known, contacts))
                        .chain(news -> news.isEmpty()
                                ? Uni.createFrom().voidItem()
                                : store.keep(tx, news)
                                        .chain(() -> lookAgain(
                                                tx,
                                                news.stream()
                                                        .filter(CustomerVersion::changed)
                                                        .map(CustomerVersion::key))));
    }

    /** Keeps preferences, each the latest by its time. The journal must be held. */
    public Uni<Void> keepPreferences(Tx tx, List<PreferencesAsOf> preferences) {
        return preferences.isEmpty()
                ? Uni.createFrom().voidItem()
                : store.keepPreferences(tx, preferences)
                        .chain(() -> lookAgain(
                                tx, preferences.stream().map(one -> new RecipientKey(one.tenant(), one.customerId()))));
    }

    /** Re-evaluates their held deliveries, which were decided on the old facts. */
    private Uni<Void> lookAgain(Tx tx, Stream<RecipientKey> customers) {
        return outbox.lookAgain(
                tx,
                customers
                        .distinct()
                        .map(key -> new Outbox.HeldFor(key.tenant(), key.customerId()))
                        .toList());
    }

    private void lookedUp(RecipientKey key) {
        journeys.step(
                key.tenant(),
                Step.StepKind.LOOKUP_BY_SERVICE,
                "NotificationService",
                "Recipients",
                "looked up contact and preferences",
                key::customerId);
    }
}
