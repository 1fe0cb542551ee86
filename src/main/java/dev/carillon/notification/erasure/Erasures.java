package dev.carillon.notification.erasure;

import dev.carillon.notification.recipient.Recipient;
import dev.carillon.notification.recipient.RecipientDirectory;
import dev.carillon.platform.jobs.Jobs;
import dev.carillon.platform.sql.Transactions;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Erases customers. Identity, preferences and inbox go in one transaction; the history follows in portions. An erasure
 * that has started is finished, by another replica if need be.
 */
@ApplicationScoped
public class Erasures {

    /** Longer than a portion can take: nobody else begins while it is worked on. */
    private static final Duration LEASE = Duration.ofMinutes(5);
    /** When to try again: deliveries are in flight for at most a lease of the outbox, or memory is being rebuilt. */
    private static final Duration LATER = Duration.ofSeconds(30);
    /** Longer than any transaction that knew the customer still: what it has written is looked for once more then. */
    private static final Duration AFTERMATH = Duration.ofMinutes(1);

    private final PgErasures store;
    private final RecipientDirectory recipients;
    private final List<Erasing> places;
    private final Transactions transactions;
    private final Clock clock;

    Erasures(
            PgErasures store,
            RecipientDirectory recipients,
            @All List<Erasing> places,
            Transactions transactions,
            Clock clock) {
        this.store = store;
        this.recipients = recipients;
        this.places = places;
        this.transactions = transactions;
        this.clock = clock;
    }

    /**
     * Begins; what they are known by is gone with the answer. Empty when nobody is known by the id in the tenant.
     *
     * @param objection throws where whoever is known must not be forgotten
     */
    public Uni<Optional<Erasure>> begin(String tenant, String customerId, Consumer<Recipient> objection) {
        var now = clock.instant();
        return transactions.inTransaction(tx -> recipients
                .nextPosition(tx)
                .call(() -> recipients.find(tx, tenant, customerId).invoke(known -> known.ifPresent(objection)))
                .map(position -> new Erasure(tenant, customerId, position, now))
                .chain(erasure -> store.forget(tx, erasure, now.plus(LEASE))
                        .map(known -> known ? Optional.of(erasure) : Optional.empty())));
    }

    /** Forgets the rest. Whether nothing is left. */
    public Uni<Boolean> finish(Erasure erasure) {
        return everywhere(erasure, 0, false)
                .chain(later -> transactions
                        .inTransaction(tx -> left(erasure, later)
                                .map(until -> store.leftUntil(tx, erasure, until))
                                .orElseGet(() -> store.ended(tx, erasure, clock.instant())))
                        .replaceWith(!later));
    }

    void schedule(@Observes Jobs jobs) {
        jobs.job("erasures").every("15s").after("20s").run(this::sweep);
    }

    Uni<Void> sweep() {
        return transactions
                .inTransaction(
                        tx -> store.claim(tx, clock.instant(), clock.instant().plus(LEASE)))
                .chain(claimed -> claimed.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : finish(claimed.get()).chain(this::sweep));
    }

    private Optional<Instant> left(Erasure erasure, boolean later) {
        var aftermath = erasure.askedAt().plus(AFTERMATH);
        return later
                ? Optional.of(clock.instant().plus(LATER))
                : Optional.of(aftermath).filter(clock.instant()::isBefore);
    }

    private Uni<Boolean> everywhere(Erasure erasure, int place, boolean later) {
        return place == places.size()
                ? Uni.createFrom().item(later)
                : portions(erasure, places.get(place), "", later).chain(left -> everywhere(erasure, place + 1, left));
    }

    private Uni<Boolean> portions(Erasure erasure, Erasing place, String after, boolean later) {
        return transactions
                .inTransaction(tx -> place.erase(tx, erasure, after))
                .chain(portion -> portion.next() == null
                        ? Uni.createFrom().item(later || portion.later())
                        : portions(erasure, place, portion.next(), later || portion.later()));
    }
}
