package dev.carillon.platform.versions;

import dev.carillon.platform.sql.Tx;
import dev.carillon.platform.versions.PgDocuments.StoredDocument;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Changes documents of one topic, with all other changes of the topic kept out until it ends. */
public final class DocumentTransaction {

    private final PgDocuments store;
    private final String topic;
    private final Tx tx;
    private final Instant now;
    private final @Nullable String by;
    private final Map<String, DocumentState> states;

    DocumentTransaction(
            PgDocuments store, String topic, Tx tx, Instant now, @Nullable String by, List<StoredDocument> stored) {
        this.store = store;
        this.topic = topic;
        this.tx = tx;
        this.now = now;
        this.by = by;
        this.states =
                stored.stream().map(StoredDocument::state).collect(Collectors.toMap(DocumentState::id, state -> state));
    }

    /**
     * A change of a document, and what is in force after it.
     *
     * @param kind what happened, in a word of the history
     */
    public record StateChange(String kind, DocumentState after) {}

    public Tx tx() {
        return tx;
    }

    public Instant now() {
        return now;
    }

    /** What is in force of every document. */
    public Collection<DocumentState> states() {
        return states.values();
    }

    /** What is in force of a document; nothing if nobody has heard of it. */
    public DocumentState state(String id) {
        return states.getOrDefault(id, new DocumentState(id, null, null, null, now));
    }

    /** How many versions of a document there ever were. */
    public Uni<Long> versions(String id) {
        return store.count(tx, topic, id);
    }

    /** The API puts a text in force, as {@code apiVersion}; it may have been in force before. */
    public Uni<Void> put(String kind, DocumentState after, String content) {
        var version = new DocumentVersion(after.id(), String.valueOf(after.apiVersion()), content, null, now, by);
        return change(List.of(version), List.of(new StateChange(kind, after)));
    }

    /** Another version, or none, is in force, or it was switched. */
    public Uni<Void> change(String kind, DocumentState after) {
        return change(List.of(), List.of(new StateChange(kind, after)));
    }

    /** @param versions those that may be new */
    public Uni<Void> change(List<DocumentVersion> versions, List<StateChange> changes) {
        return store.add(tx, topic, versions).chain(() -> store.change(tx, topic, changes, now, by));
    }
}
