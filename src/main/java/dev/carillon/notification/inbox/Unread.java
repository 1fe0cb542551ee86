package dev.carillon.notification.inbox;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The number of unread messages. */
@RegisterForReflection
@Schema(name = "Unread", description = "How many messages are unread. It is counted up to 1,000 and no further.")
public record Unread(
        @Schema(description = "How many, 1,000 at most", examples = "3")
        int unread,

        @Schema(description = "Whether there are more than that", examples = "false")
        boolean more) {

    static final int MOST = 1_000;

    static Unread of(int counted) {
        return new Unread(Math.min(counted, MOST), counted > MOST);
    }
}
