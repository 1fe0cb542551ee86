package dev.carillon.notification.publishing;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.carillon.notification.publishing.TemplateView.TemplateOrigin;
import dev.carillon.notification.template.BrokenByLayout;
import dev.carillon.notification.template.Layout;
import dev.carillon.platform.versions.DocumentVersion;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A layout, as the API shows it. */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Layout", description = "The common part of many texts, such as the head and the footer of all mails.")
record LayoutView(
        @Schema(description = "Its name", examples = "email")
        String layout,

        @Schema(
                description = "The version in use, also its ETag: v3 of the API's, or the fingerprint of the files",
                examples = "v3")
        String version,

        @Schema(description = "Where it comes from", examples = "api")
        TemplateOrigin origin,

        @Schema(
                description = "Since when it is published; only for one published through the API",
                examples = "2026-03-01T12:00:00Z")
        @Nullable
        Instant publishedAt,

        @Schema(
                description = "The key that published it; only for one published through the API",
                examples = "01KAJ3W4S8M2Q9V7T5R1N3X0ZC")
        @Nullable
        String publishedBy,

        @Schema(description = "The notification types whose texts include it", examples = "[\"ORDER_SHIPPED\"]")
        List<String> usedBy,

        @Schema(
                description = "File name to content; left out in lists",
                examples = "{\"email.html\": \"<!DOCTYPE html><html>{#insert}{/insert}</html>\"}")
        @Nullable
        Map<String, String> files) {

    static LayoutView of(Layout layout, @Nullable DocumentVersion published) {
        return new LayoutView(
                layout.name(),
                published == null ? layout.text().fingerprint() : published.version(),
                published == null ? TemplateOrigin.FILE : TemplateOrigin.API,
                published == null ? null : published.at(),
                published == null ? null : published.by(),
                layout.usedBy(),
                layout.text().files());
    }

    LayoutView withoutText() {
        return new LayoutView(layout, version, origin, publishedAt, publishedBy, usedBy, null);
    }

    /** A draft of a layout. It is not used until it is published. */
    @RegisterForReflection
    @Schema(name = "LayoutDraft", description = "A layout that is being written and not in use yet.")
    record LayoutDraftView(
            @Schema(description = "The layout", examples = "email")
            String layout,

            @Schema(
                    description = "Changes with the files; the ETag also changes when the same draft is put again",
                    examples = "5f0c2d9a7b31")
            String tag,

            @Schema(description = "When it was put", examples = "2026-03-01T12:00:00Z")
            Instant draftedAt,

            @Schema(description = "The key that put it", examples = "01KAJ3W4S8M2Q9V7T5R1N3X0ZC")
            String draftedBy,

            @Schema(description = "File name to content") Map<String, String> files,

            @Schema(
                    description =
                            "The types that cannot be rendered with it; as long as there are any it cannot be published")
            List<LayoutBreak> breaks) {

        static LayoutDraftView of(Draft draft, List<BrokenByLayout> breaks) {
            return new LayoutDraftView(
                    draft.type(),
                    draft.tag(),
                    draft.draftedAt(),
                    draft.draftedBy(),
                    draft.text().files(),
                    breaks.stream().map(LayoutBreak::of).toList());
        }
    }

    /** A type that a layout breaks. */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "LayoutBreak", description = "A type that cannot be rendered with a layout, and why.")
    record LayoutBreak(
            @Schema(description = "The notification type", examples = "ORDER_SHIPPED")
            String type,

            @Schema(description = "The file that is at fault", examples = "_layout/email.html")
            String file,

            @Schema(description = "1-based", examples = "3") @Nullable
            Integer line,

            @Schema(description = "1-based", examples = "9") @Nullable
            Integer column,

            @Schema(description = "What is wrong", examples = "Entry \"brand\" not found in the data map")
            String detail) {

        static LayoutBreak of(BrokenByLayout broken) {
            var why = broken.why();
            return new LayoutBreak(broken.type(), why.path(), why.line(), why.column(), why.detail());
        }
    }

    /** A version of a layout that was published. */
    @RegisterForReflection
    @Schema(name = "LayoutVersion", description = "A version of a layout, as it was published.")
    record LayoutVersionView(
            @Schema(description = "The layout", examples = "email")
            String layout,

            @Schema(description = "Which one", examples = "v3")
            String version,

            @Schema(description = "When it was first published", examples = "2026-03-01T12:00:00Z")
            Instant publishedAt,

            @Schema(description = "The key that published it", examples = "01KAJ3W4S8M2Q9V7T5R1N3X0ZC") @Nullable
            String publishedBy,

            @Schema(description = "File name to content") Map<String, String> files) {}
}
