package dev.carillon.delivery.outbox;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** How many there are, counted no further than a bound: a backlog of millions is not read to say so. */
@RegisterForReflection
@Schema(description = "How many there are, counted up to 10,000.")
public record BoundedCount(
        @Schema(description = "At most 10,000", examples = "120")
        int count,

        @Schema(description = "Whether there are more than were counted", examples = "false")
        boolean more) {

    public static final int MOST = 10_000;

    static final BoundedCount NONE = new BoundedCount(0, false);

    /** @param counted up to one more than are said */
    static BoundedCount of(long counted) {
        return new BoundedCount((int) Math.min(counted, MOST), counted > MOST);
    }
}
