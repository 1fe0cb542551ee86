package dev.carillon.notification.publishing;

import static dev.carillon.notification.publishing.PublishedLayouts.TOPIC;

import dev.carillon.notification.publishing.TemplateChange.TemplateChangeKind;
import dev.carillon.notification.template.BrokenByLayout;
import dev.carillon.notification.template.InvalidTemplateException;
import dev.carillon.notification.template.Layout;
import dev.carillon.notification.template.Templates;
import dev.carillon.notification.template.TypeText;
import dev.carillon.platform.rest.Preconditions;
import dev.carillon.platform.rest.ProblemException;
import dev.carillon.platform.rest.ProblemType;
import dev.carillon.platform.security.Caller;
import dev.carillon.platform.versions.DocumentState;
import dev.carillon.platform.versions.DocumentTransaction;
import dev.carillon.platform.versions.DocumentVersion;
import dev.carillon.platform.versions.VersionedDocuments;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Carries out the API's changes to layouts, as {@link TemplatePublisher} does to texts. None of them breaks a type. */
@ApplicationScoped
class LayoutPublisher {

    private final Templates templates;
    private final PgDrafts drafts;
    private final VersionedDocuments documents;
    private final PublishedLayouts published;
    private final TemplatePublisher publisher;

    LayoutPublisher(
            Templates templates,
            PgDrafts drafts,
            VersionedDocuments documents,
            PublishedLayouts published,
            TemplatePublisher publisher) {
        this.templates = templates;
        this.drafts = drafts;
        this.documents = documents;
        this.published = published;
        this.publisher = publisher;
    }

    /**
     * A draft, and the types that it would break.
     *
     * @param created whether there was none before
     */
    record TriedLayout(Draft draft, List<BrokenByLayout> breaks, boolean created) {}

    Uni<TriedLayout> draft(String layout, String tenant) {
        return drafts.find(TOPIC, layout)
                .map(found -> required(layout, found))
                .chain(draft ->
                        brokenBy(tenant, layout, draft.text()).map(broken -> new TriedLayout(draft, broken, false)));
    }

    /** Fails with a problem that names file, line and column of what no type could use. */
    Uni<TriedLayout> keepDraft(TypeText text, Preconditions expected, String by) {
        return checked(text)
                .chain(broken -> documents.change(TOPIC, by, open -> {
                    var draft = Draft.of(text, open.now(), by);
                    return drafts.find(open.tx(), TOPIC, text.type())
                            .invoke(before -> before.ifPresentOrElse(
                                    known -> expected.verify(known.entityTag(), known.tag()),
                                    () -> expected.verify(null)))
                            .call(() -> drafts.keep(open.tx(), TOPIC, draft))
                            .map(before -> new TriedLayout(draft, broken, before.isEmpty()));
                }));
    }

    Uni<Void> discardDraft(String layout, Preconditions expected) {
        return documents.change(
                TOPIC,
                null,
                open -> drafts.find(open.tx(), TOPIC, layout)
                        .invoke(found -> {
                            var draft = required(layout, found);
                            expected.verify(draft.entityTag(), draft.tag());
                        })
                        .chain(() -> drafts.discard(open.tx(), TOPIC, layout)));
    }

    Uni<Void> publish(String layout, Preconditions expected, String by) {
        return drafts.find(TOPIC, layout).chain(found -> {
            var draft = found.orElseThrow(() -> conflict("There is no draft of the layout " + layout + " to publish"));
            expected.verify(draft.entityTag(), draft.tag());
            return unbroken(
                    layout,
                    draft.text(),
                    by,
                    open -> drafts.find(open.tx(), TOPIC, layout)
                            .invoke(now -> {
                                if (now.isEmpty() || !now.get().tag().equals(draft.tag())) {
                                    throw conflict("The draft of the layout " + layout + " was changed just now");
                                }
                            })
                            .chain(() -> drafts.discard(open.tx(), TOPIC, layout))
                            .chain(() -> publish(draft.text(), open)));
        });
    }

    private Uni<Void> publish(TypeText text, DocumentTransaction open) {
        return published
                        .find(text.type())
                        .filter(now -> now.compiled().equals(text))
                        .isPresent()
                ? Uni.createFrom().voidItem()
                : open.versions(text.type())
                        .chain(before -> open.put(
                                TemplateChangeKind.PUBLISHED.wire(),
                                state(text.type(), "v" + (before + 1), open),
                                published.content(text)));
    }

    Uni<Void> rollBack(String layout, String version, Preconditions expected, String by) {
        return version(layout, version)
                .map(published::text)
                .chain(text -> unbroken(layout, text, by, open -> {
                    expected.verify(inUse(layout).map(this::versionOf).orElse(null));
                    return use(layout, version, TemplateChangeKind.ROLLED_BACK, open);
                }));
    }

    /** Goes back to the files' layout, if there is one. */
    Uni<Void> delete(String layout, Preconditions expected, String by) {
        var now = inUse(layout).orElseThrow(() -> unknown(layout));
        if (!now.published()) {
            throw conflict("The layout " + layout + " is in files. Change it there");
        }
        return unbroken(layout, null, by, open -> {
            var inUse = published.version(layout);
            expected.verify(inUse == null ? null : inUse.version());
            return use(layout, null, TemplateChangeKind.DELETED, open);
        });
    }

    Uni<DocumentVersion> version(String layout, String version) {
        return documents
                .version(TOPIC, layout, version)
                .map(found -> found.orElseThrow(() -> new ProblemException(
                        ProblemType.NOT_FOUND, "The layout " + layout + " never had version " + version)));
    }

    /** A draft, or what was published under a version. */
    Uni<TypeText> text(String layout, String version) {
        return version.equals("draft")
                ? drafts.find(TOPIC, layout)
                        .map(found -> required(layout, found).text())
                : version(layout, version).map(published::text);
    }

    Optional<Layout> inUse(String layout) {
        return templates.layout(layout);
    }

    /** {@code v3} of the API's, or the fingerprint of the files. */
    String versionOf(Layout layout) {
        var version = published.version(layout.name());
        return version == null ? layout.text().fingerprint() : version.version();
    }

    /** Compiles all types with it, then makes the change if nothing else has changed since. */
    private Uni<Void> unbroken(
            String layout, @Nullable TypeText text, String by, Function<DocumentTransaction, Uni<Void>> change) {
        var edition = templates.edition();
        return (text == null ? brokenBy(Caller.DEFAULT_TENANT, layout, null) : checked(text))
                .invoke(broken -> requireNone(layout, broken))
                .chain(() -> published.change(by, open -> {
                    if (templates.edition() != edition) {
                        throw conflict("Texts were changed just now; try again");
                    }
                    return change.apply(open);
                }));
    }

    private Uni<List<BrokenByLayout>> checked(TypeText text) {
        return publisher
                .aside(
                        Caller.DEFAULT_TENANT,
                        stopped -> {
                            templates.checkLayout(text);
                            return templates.brokenBy(text.type(), text, stopped);
                        },
                        "/files")
                .onFailure(InvalidTemplateException.class)
                .transform(broken -> TemplateProblems.of("_layout", (InvalidTemplateException) broken));
    }

    private Uni<List<BrokenByLayout>> brokenBy(String tenant, String layout, @Nullable TypeText text) {
        return publisher.aside(tenant, stopped -> templates.brokenBy(layout, text, stopped), "/files");
    }

    private static void requireNone(String layout, List<BrokenByLayout> broken) {
        if (!broken.isEmpty()) {
            throw new ProblemException(TemplateProblems.brokenBy(layout, broken));
        }
    }

    private static Uni<Void> use(
            String layout, @Nullable String version, TemplateChangeKind kind, DocumentTransaction open) {
        return Objects.equals(open.state(layout).apiVersion(), version)
                ? Uni.createFrom().voidItem()
                : open.change(kind.wire(), state(layout, version, open));
    }

    private static DocumentState state(String layout, @Nullable String version, DocumentTransaction open) {
        return new DocumentState(layout, null, version, null, open.now());
    }

    private static Draft required(String layout, Optional<Draft> found) {
        return found.orElseThrow(
                () -> new ProblemException(ProblemType.NOT_FOUND, "There is no draft of the layout " + layout));
    }

    static ProblemException unknown(String layout) {
        return new ProblemException(ProblemType.NOT_FOUND, "There is no layout " + layout);
    }

    private static ProblemException conflict(String why) {
        return new ProblemException(ProblemType.CONFLICT, why);
    }
}
