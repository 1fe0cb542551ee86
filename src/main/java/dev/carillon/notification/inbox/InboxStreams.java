package dev.carillon.notification.inbox;

import dev.carillon.notification.inbox.InboxWatch.StreamPlaces;
import dev.carillon.notification.recipient.RecipientKey;
import dev.carillon.platform.http.ConnectionLimit;
import dev.carillon.platform.sql.PgFailures;
import dev.carillon.platform.sql.Transactions;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Live inbox streams. A stream reads the table when it is notified of news, from its last position and only as fast as
 * the client reads. So nothing is buffered for a slow client, and nothing is missed whichever replica wrote it.
 */
@ApplicationScoped
public class InboxStreams {

    private static final int AT_ONCE = 50;

    private final PgInbox store;
    private final InboxWatch watch;
    private final Transactions transactions;
    private final InboxSettings settings;
    private final StreamPlaces places;
    private final Clock clock;

    InboxStreams(
            PgInbox store,
            InboxWatch watch,
            Transactions transactions,
            InboxSettings settings,
            ConnectionLimit connections,
            Clock clock) {
        this.store = store;
        this.watch = watch;
        this.transactions = transactions;
        this.settings = settings;
        this.places = StreamPlaces.of(settings, connections.most());
        this.clock = clock;
    }

    /** One item of a stream; an item without a message is a heartbeat. */
    public record StreamItem(@Nullable InboxMessage message) {

        static final StreamItem ALIVE = new StreamItem(null);
    }

    /**
     * Ends at once for an unknown customer. Otherwise it ends after its longest time, when the client's key is revoked
     * or the customer erased, at shutdown, and when the database is away; the client reconnects.
     *
     * @param after the last message the listener knows; null for those only that are to come
     * @param revoked completes when the listener may not listen any more
     * @throws dev.carillon.platform.rest.ProblemException when there are too many streams
     */
    public Multi<StreamItem> open(String tenant, String customerId, @Nullable Long after, Uni<Void> revoked) {
        var key = new RecipientKey(tenant, customerId);
        var place =
                watch.take(key, places); // before anything is looked up: whoever comes at the same time finds it taken
        return transactions
                .inTransaction(tx -> store.last(tx, List.of(key)))
                .onItem()
                .transformToMulti(last -> last.containsKey(key)
                        ? stream(place, after == null ? last.get(key) : Math.min(after, last.get(key)), revoked)
                        : Multi.createFrom().<StreamItem>empty())
                .onFailure()
                .invoke(failure -> Log.warnf(
                        "inbox stream ended early; the client reconnects: cause=%s", PgFailures.nameOf(failure)))
                .onFailure()
                .recoverWithCompletion()
                .onTermination()
                .invoke(place::leave);
    }

    private Multi<StreamItem> stream(InboxWatch.Watcher place, long from, Uni<Void> revoked) {
        return Multi.createFrom().deferred(() -> {
            var ending = revoked.subscribe().with(now -> place.end(), failure -> place.end());
            return items(new Listener(place, from, clock.instant().plus(settings.longest())))
                    .onTermination()
                    .invoke(ending::cancel);
        });
    }

    private Multi<StreamItem> items(Listener listener) {
        return Multi.createBy()
                .repeating()
                .uni(() -> listener, Listener::next)
                .whilst(items -> !items.isEmpty())
                .onItem()
                .<StreamItem>disjoint();
    }

    /** One open stream: its position, and when it has to end. */
    private final class Listener {

        private final InboxWatch.Watcher place;
        private final Instant ends;
        private long position;
        private boolean open;

        private Listener(InboxWatch.Watcher place, long position, Instant ends) {
            this.place = place;
            this.position = position;
            this.ends = ends;
        }

        /** The next few, or a sign of life; nothing when it is over. */
        private Uni<List<StreamItem>> next() {
            if (!open) {
                open = true;
                return Uni.createFrom().item(List.of(StreamItem.ALIVE));
            }
            if (!clock.instant().isBefore(ends)) {
                return Uni.createFrom().item(List.of());
            }
            return place.beyond(position, settings.heartbeat()).chain(news -> switch (news) {
                case OVER -> Uni.createFrom().item(List.of());
                case NOTHING -> Uni.createFrom().item(List.of(StreamItem.ALIVE));
                case MORE ->
                    transactions
                            .inTransaction(tx -> store.following(
                                    tx, place.key().tenant(), place.key().customerId(), position, AT_ONCE))
                            .map(this::read);
            });
        }

        private List<StreamItem> read(List<InboxMessage> messages) {
            if (messages.isEmpty()) {
                position = place.last(); // removed before anybody saw them
                return List.of(StreamItem.ALIVE);
            }
            position = messages.get(messages.size() - 1).id();
            return messages.stream().map(StreamItem::new).toList();
        }
    }
}
