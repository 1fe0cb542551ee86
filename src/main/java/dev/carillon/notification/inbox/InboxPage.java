package dev.carillon.notification.inbox;

import dev.carillon.platform.rest.Paged;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A page of an inbox. */
@RegisterForReflection
@Schema(name = "InboxPage", description = "A page of an inbox, newest first.")
public record InboxPage(
        @Schema(description = "The messages, newest first") List<InboxMessage> messages,

        @Schema(description = "`after` of the following page; null on the last", examples = "17") @Nullable
        Long next)
        implements Paged {

    /** @param found one more than a page holds, when there is a following one, unless it was cut */
    static InboxPage of(PgInbox.FoundMessage found, int limit) {
        var all = found.messages();
        var page = all.size() <= limit ? all : List.copyOf(all.subList(0, limit));
        return new InboxPage(
                page,
                found.cut() || all.size() > limit ? page.get(page.size() - 1).id() : null);
    }
}
