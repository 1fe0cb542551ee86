package dev.carillon.platform.versions;

import dev.carillon.platform.sql.PgFailures;
import dev.carillon.platform.versions.PgDocuments.StoredDocument;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What the API of any replica has put in force of one topic, compiled.
 *
 * @param <C> what a document compiles to
 */
public abstract class PublishedDocuments<C> implements ChangeListener {

    private static final Duration DEADLINE = Duration.ofSeconds(20);

    private final VersionedDocuments documents;
    private final String topic;
    private final Class<? extends RuntimeException> unusable;

    private volatile Map<String, CompiledDocument<C>> inForce = Map.of();
    private volatile long known = -1;

    /** @param unusable what {@link #compile} throws when this release cannot use the document */
    protected PublishedDocuments(
            VersionedDocuments documents, String topic, Class<? extends RuntimeException> unusable) {
        this.documents = documents;
        this.topic = topic;
        this.unusable = unusable;
    }

    /** A version that the API has in force. */
    public record CompiledDocument<C>(DocumentVersion version, C compiled) {}

    /** Not on an event loop. */
    protected abstract C compile(DocumentVersion version);

    /**
     * Puts them in force here, all in one step. Called on a worker thread, and never twice at once.
     *
     * @param problems why some cannot be used; their versions before stay in force
     */
    protected abstract void use(
            Map<String, CompiledDocument<C>> published, List<DocumentState> states, List<String> problems);

    @Override
    public final String topic() {
        return topic;
    }

    @Override
    public Uni<Void> heard(long changes) {
        return take(changes, () -> documents.all(topic));
    }

    /** @param stored what there is after so many changes, or after more of them */
    final Uni<Void> take(long changes, Supplier<Uni<List<StoredDocument>>> stored) {
        return changes == known
                ? Uni.createFrom().voidItem()
                : stored.get()
                        .emitOn(Infrastructure.getDefaultWorkerPool())
                        .invoke(all -> take(all, changes))
                        .replaceWithVoid();
    }

    /**
     * Changes documents through the API, one caller after the other on all replicas. Until it ends no document of any topic changes,
     * and {@code work} finds all that is published in memory, so it may ask there whether the change fits. When it is answered, the change
     * is in force here.
     *
     * @param by the API key that does it
     */
    public final <T> Uni<T> change(String by, Function<DocumentTransaction, Uni<T>> work) {
        return documents.changeKnowingAll(topic, by, work).call(this::refresh);
    }

    /** The version of a document that the API has in force here, if it has one. */
    public final Optional<CompiledDocument<C>> find(String id) {
        return Optional.ofNullable(inForce.get(id));
    }

    /** After a change, so that it holds here at once. When the database is away, a poll of the feed brings it. */
    final Uni<Void> refresh() {
        return load().onFailure()
                .invoke(failure -> Log.warnf(
                        "the change is in force here with the next poll: of=%s cause=%s",
                        topic, PgFailures.nameOf(failure)))
                .onFailure()
                .recoverWithNull();
    }

    /** Before the service does anything; stops the start when the database is away. */
    protected final void loadAtStart() {
        load().await().atMost(DEADLINE);
    }

    private Uni<Void> load() {
        return documents.changes(topic).chain(this::heard);
    }

    private synchronized void take(List<StoredDocument> stored, long changes) {
        if (changes <= known) {
            return;
        }
        var problems = new ArrayList<String>();
        var published = new HashMap<String, CompiledDocument<C>>();
        for (var document : stored) {
            if (document.put() != null) {
                compiled(document.put(), problems)
                        .ifPresent(found -> published.put(found.version().id(), found));
            }
        }
        use(published, stored.stream().map(StoredDocument::state).toList(), problems);
        inForce = Map.copyOf(published);
        known = changes;
    }

    /** What another release has put may not compile here; then what is in force stays. */
    private Optional<CompiledDocument<C>> compiled(DocumentVersion version, List<String> problems) {
        var before = find(version.id());
        if (before.filter(one -> one.version().version().equals(version.version()))
                .isPresent()) {
            return before;
        }
        try {
            return Optional.of(new CompiledDocument<>(version, compile(version)));
        } catch (RuntimeException broken) {
            if (!unusable.isInstance(broken)) {
                throw broken;
            }
            String.valueOf(broken.getMessage()).lines().forEach(problems::add);
            return before;
        }
    }
}
