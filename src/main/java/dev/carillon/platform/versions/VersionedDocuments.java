package dev.carillon.platform.versions;

import dev.carillon.platform.sql.Transactions;
import dev.carillon.platform.sql.Tx;
import dev.carillon.platform.versions.PgDocuments.StoredDocument;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Documents that stand in files, and that the API changes while the service runs: every version that was ever in force,
 * what is in force, and the history of that. The API's version counts before the file's. A topic is a kind of documents.
 */
@ApplicationScoped
public class VersionedDocuments {

    private final PgDocuments store;
    private final Transactions transactions;
    private final Clock clock;
    private final List<PublishedDocuments<?>> published;

    VersionedDocuments(
            PgDocuments store, Transactions transactions, Clock clock, @All List<PublishedDocuments<?>> published) {
        this.store = store;
        this.transactions = transactions;
        this.clock = clock;
        this.published = published;
    }

    /** Any version that was ever in force. */
    public Uni<Optional<DocumentVersion>> version(String topic, String id, String version) {
        return store.version(topic, id, version);
    }

    /** The latest changes first. */
    public Uni<List<DocumentChange>> history(String topic, String id, int limit) {
        return store.history(topic, id, limit);
    }

    /**
     * Changes documents of a topic, one caller after the other on all replicas.
     *
     * @param by the API key that does it; null for a file
     */
    public <T> Uni<T> change(String topic, @Nullable String by, Function<DocumentTransaction, Uni<T>> work) {
        return inTransaction(
                topic, by, Set.of(topic), (tx, changes) -> Uni.createFrom().voidItem(), work);
    }

    /**
     * The same for a change that has to fit what is published of any topic: no topic changes until it ends, and
     * {@code work} finds all of it in memory here.
     */
    <T> Uni<T> changeKnowingAll(String topic, String by, Function<DocumentTransaction, Uni<T>> work) {
        var topics = published.stream().map(PublishedDocuments::topic).collect(Collectors.toSet());
        return inTransaction(topic, by, topics, this::load, work);
    }

    private Uni<Void> load(Tx tx, Map<String, Long> changes) {
        return Multi.createFrom()
                .iterable(published)
                .onItem()
                .transformToUniAndConcatenate(
                        one -> one.take(changes.get(one.topic()), () -> store.all(tx, one.topic())))
                .onItem()
                .ignoreAsUni();
    }

    private <T> Uni<T> inTransaction(
            String topic,
            @Nullable String by,
            Set<String> locked,
            BiFunction<Tx, Map<String, Long>, Uni<Void>> prepare,
            Function<DocumentTransaction, Uni<T>> work) {
        var now =
                clock.instant().truncatedTo(ChronoUnit.MICROS); // as the database keeps it: later answers show the same
        return transactions.inTransaction(tx -> store.lock(tx, locked)
                .chain(changes -> prepare.apply(tx, changes))
                .chain(() -> store.all(tx, topic))
                .chain(stored -> work.apply(new DocumentTransaction(store, topic, tx, now, by, stored))));
    }

    /** How often documents of the topic have changed. */
    Uni<Long> changes(String topic) {
        return store.changes(topic);
    }

    /** May be newer than {@link #changes} read before, never older. */
    Uni<List<StoredDocument>> all(String topic) {
        return store.all(topic);
    }
}
