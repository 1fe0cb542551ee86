package dev.carillon.notification.publishing;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.carillon.notification.template.TypeText;
import dev.carillon.platform.rest.ContentTag;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A draft of a notification type's texts. It is not used until it is published. */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "TemplateDraft", description = "Texts that are being written and not in use yet.")
record Draft(
        @Schema(description = "The notification type", examples = "ORDER_SHIPPED")
        String type,

        @Schema(
                description = "Changes with the files; the ETag also changes when the same draft is put again",
                examples = "5f0c2d9a7b31")
        String tag,

        @Schema(description = "When it was put", examples = "2026-03-01T12:00:00Z")
        Instant draftedAt,

        @Schema(description = "The key that put it", examples = "01KAJ3W4S8M2Q9V7T5R1N3X0ZC")
        String draftedBy,

        @Schema(description = "File name to content; left out in lists") @Nullable
        Map<String, String> files) {

    static Draft of(TypeText text, Instant at, String by) {
        return new Draft(text.type(), text.fingerprint(), at, by, text.files());
    }

    /** A tag over everything shown: the same texts may be put again, at another time and by another key. */
    String entityTag() {
        return ContentTag.of(tag, draftedAt, draftedBy);
    }

    TypeText text() {
        return new TypeText(type, files == null ? Map.of() : files);
    }

    Draft withoutText() {
        return new Draft(type, tag, draftedAt, draftedBy, null);
    }
}
