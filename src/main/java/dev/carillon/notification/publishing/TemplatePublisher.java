package dev.carillon.notification.publishing;

import static dev.carillon.notification.publishing.PublishedTemplates.TOPIC;

import dev.carillon.notification.publishing.TemplateChange.TemplateChangeKind;
import dev.carillon.notification.template.InvalidTemplateException;
import dev.carillon.notification.template.NotificationType;
import dev.carillon.notification.template.Templates;
import dev.carillon.notification.template.TypeFolder;
import dev.carillon.notification.template.TypeText;
import dev.carillon.platform.limit.HeavyWork;
import dev.carillon.platform.rest.Preconditions;
import dev.carillon.platform.rest.ProblemException;
import dev.carillon.platform.rest.ProblemType;
import dev.carillon.platform.security.Caller;
import dev.carillon.platform.versions.DocumentState;
import dev.carillon.platform.versions.DocumentTransaction;
import dev.carillon.platform.versions.DocumentVersion;
import dev.carillon.platform.versions.VersionedDocuments;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Carries out the API's changes to texts. What is published is in use here when the call is answered, and on the other
 * replicas within a second.
 */
@ApplicationScoped
class TemplatePublisher {

    private static final String DRAFT = "draft";

    /** Usual texts take some milliseconds. */
    private static final Duration DONE_WITHIN = Duration.ofSeconds(10);

    private final HeavyWork work = new HeavyWork("Other templates are being checked or shown; try again in a second");
    private final Templates templates;
    private final PgDrafts drafts;
    private final VersionedDocuments documents;
    private final PublishedTemplates published;
    private final List<TypeUse> uses;

    TemplatePublisher(
            Templates templates,
            PgDrafts drafts,
            VersionedDocuments documents,
            PublishedTemplates published,
            @All List<TypeUse> uses) {
        this.templates = templates;
        this.drafts = drafts;
        this.documents = documents;
        this.published = published;
        this.uses = uses;
    }

    /** A saved draft, and whether it is new. */
    record KeptDraft(Draft draft, boolean created) {}

    Uni<KeptDraft> keepDraft(TypeText text, Preconditions expected, String by) {
        return compiled(Caller.DEFAULT_TENANT, text, DRAFT)
                .chain(() -> documents.change(TOPIC, by, open -> {
                    var draft = Draft.of(text, open.now(), by);
                    return drafts.find(open.tx(), TOPIC, text.type())
                            .invoke(before -> before.ifPresentOrElse(
                                    known -> verify(expected, known), () -> expected.verify(null)))
                            .call(() -> drafts.keep(open.tx(), TOPIC, draft))
                            .map(before -> new KeptDraft(draft, before.isEmpty()));
                }));
    }

    Uni<Draft> draft(String type) {
        return drafts.find(TOPIC, type).map(found -> required(type, found));
    }

    Uni<Void> discardDraft(String type, Preconditions expected) {
        return documents.change(
                TOPIC,
                null,
                open -> drafts.find(open.tx(), TOPIC, type)
                        .invoke(found -> verify(expected, required(type, found)))
                        .chain(() -> drafts.discard(open.tx(), TOPIC, type)));
    }

    /** The draft becomes a new version; what says the same as the published version is none. */
    Uni<Void> publish(String type, Preconditions expected, String by) {
        return drafts.find(TOPIC, type)
                .map(found -> drafted(type, found, expected))
                .chain(draft -> compiled(Caller.DEFAULT_TENANT, draft.text(), DRAFT)
                        .chain(folder -> published.change(
                                by,
                                open -> drafts.find(open.tx(), TOPIC, type)
                                        .invoke(now -> requireSame(draft, now))
                                        .invoke(() -> requireNoObjection(type, folder.type()))
                                        .chain(() -> drafts.discard(open.tx(), TOPIC, type))
                                        .chain(() -> publish(draft.text(), open)))));
    }

    private Uni<Void> publish(TypeText text, DocumentTransaction open) {
        var inUse = published.find(text.type());
        return inUse.filter(now -> now.compiled().text().equals(text)).isPresent()
                ? Uni.createFrom().voidItem()
                : open.versions(text.type())
                        .chain(before -> open.put(
                                TemplateChangeKind.PUBLISHED.wire(),
                                state(text.type(), "v" + (before + 1), open),
                                published.content(text)));
    }

    /** An old version is published again, as it was. */
    Uni<Void> rollBack(String type, String version, Preconditions expected, String by) {
        return version(type, version)
                .chain(old -> compiled(Caller.DEFAULT_TENANT, published.text(old), version))
                .chain(folder -> published.change(by, open -> {
                    expected.verify(
                            templates.folder(type).map(TypeFolder::version).orElse(null));
                    requireNoObjection(type, folder.type());
                    return use(type, version, TemplateChangeKind.ROLLED_BACK, open);
                }));
    }

    /** Goes back to the files' texts, if there are some. */
    Uni<Void> delete(String type, Preconditions expected, String by) {
        return published.change(by, open -> {
            if (templates.folder(type).isEmpty()) {
                throw TemplateProblems.unknown(type);
            }
            var inUse = published
                    .find(type)
                    .orElseThrow(() -> new ProblemException(
                            ProblemType.CONFLICT, "The texts of " + type + " are in files. Remove them there"));
            expected.verify(inUse.version().version());
            requireNoObjection(type, templates.file(type).map(TypeFolder::type).orElse(null));
            return use(type, null, TemplateChangeKind.DELETED, open);
        });
    }

    private static Uni<Void> use(
            String type, @Nullable String version, TemplateChangeKind kind, DocumentTransaction open) {
        return Objects.equals(open.state(type).apiVersion(), version)
                ? Uni.createFrom().voidItem()
                : open.change(kind.wire(), state(type, version, open));
    }

    private static DocumentState state(String type, @Nullable String version, DocumentTransaction open) {
        return new DocumentState(type, null, version, null, open.now());
    }

    Uni<DocumentVersion> version(String type, String version) {
        return documents
                .version(TOPIC, type, version)
                .map(found -> found.orElseThrow(
                        () -> new ProblemException(ProblemType.NOT_FOUND, type + " never had version " + version)));
    }

    /** Compiles texts off the event loop. Fails with a problem that names file, line and column. */
    Uni<TypeFolder> compiled(String tenant, TypeText text, String version) {
        return aside(tenant, stopped -> templates.compile(text, version, stopped), "/files")
                .onFailure(InvalidTemplateException.class)
                .transform(broken -> TemplateProblems.of(text.type(), (InvalidTemplateException) broken));
    }

    /**
     * Runs long work on texts off the event loop, a few at a time.
     *
     * @param pointer what in the request it is about, for when it takes too long
     */
    <T> Uni<T> aside(String tenant, Function<BooleanSupplier, T> doing, String pointer) {
        return work.run(tenant, DONE_WITHIN, doing, () -> TemplateProblems.notDoneWithin(DONE_WITHIN, pointer));
    }

    private static Draft required(String type, Optional<Draft> found) {
        return found.orElseThrow(() -> new ProblemException(ProblemType.NOT_FOUND, "There is no draft of " + type));
    }

    private static Draft drafted(String type, Optional<Draft> found, Preconditions expected) {
        var draft = found.orElseThrow(
                () -> new ProblemException(ProblemType.CONFLICT, "There is no draft of " + type + " to publish"));
        verify(expected, draft);
        return draft;
    }

    private static void verify(Preconditions expected, Draft draft) {
        expected.verify(draft.entityTag(), draft.tag());
    }

    private static void requireSame(Draft draft, Optional<Draft> now) {
        if (now.isEmpty() || !now.get().tag().equals(draft.tag())) {
            throw new ProblemException(ProblemType.CONFLICT, "The draft of " + draft.type() + " was changed just now");
        }
    }

    private void requireNoObjection(String type, @Nullable NotificationType after) {
        var objections = uses.stream()
                .flatMap(use -> use.objections(type, after).stream())
                .toList();
        if (!objections.isEmpty()) {
            throw new ProblemException(ProblemType.CONFLICT, String.join("; ", objections));
        }
    }
}
