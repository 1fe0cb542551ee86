package dev.carillon.eventsourced.intake;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.carillon.notification.decision.Reason;
import dev.carillon.platform.rest.Problem;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The result of a request's events. All of it is committed when it is answered. */
@RegisterForReflection
@Schema(description = "The result for the events. It is committed.")
record EventsResult(
        @Schema(description = "How many were added to the journal", examples = "2")
        int accepted,

        @Schema(description = "How many were duplicates: same source and id", examples = "0")
        int duplicates,

        @Schema(description = "The rejected events; the others are not affected")
        List<Rejected> rejected,

        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Schema(description = "The duplicates; left out when there are none")
        List<Ignored> ignored) {

    static EventsResult of(int accepted, List<Rejected> rejected, List<Ignored> ignored) {
        return new EventsResult(accepted, ignored.size(), rejected, ignored);
    }

    /** A duplicate event: its index in the array, and why it was ignored. */
    @RegisterForReflection
    @Schema(name = "IgnoredEvent", description = "A duplicate: it is not processed again.")
    record Ignored(
            @Schema(description = "Its index in the array, from 0", examples = "0")
            int index,

            @Schema(description = "Why", examples = "DUPLICATE_EVENT")
            Reason reason) {}

    /** A rejected event: its index in the array, and why. */
    @RegisterForReflection
    @Schema(name = "RejectedEvent", description = "A rejected event.")
    record Rejected(
            @Schema(description = "Its index in the array, from 0", examples = "1")
            int index,

            @Schema(description = "Why; pointers are into the event")
            Problem problem) {}
}
