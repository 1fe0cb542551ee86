package dev.carillon.eventsourced.intake;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.carillon.notification.tracking.Reason;
import dev.carillon.platform.rest.Problem;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The result of a request's events. All of it is committed when it is answered. */
@RegisterForReflection
@Schema(description = "What became of the events: all of it is committed when it is answered.")
record EventsResult(
        @Schema(description = "How many are in the journal now and were not before", examples = "2")
        int accepted,

        @Schema(description = "How many were there already: same source and id", examples = "0")
        int duplicates,

        @Schema(description = "Those that were not taken; the others are not affected")
        List<Rejected> rejected,

        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Schema(description = "The duplicates; left out when there are none")
        List<Ignored> ignored) {

    static EventsResult of(int accepted, List<Rejected> rejected, List<Ignored> ignored) {
        return new EventsResult(accepted, ignored.size(), rejected, ignored);
    }

    /** A duplicate event: its index in the array, and why it was ignored. */
    @RegisterForReflection
    @Schema(name = "IgnoredEvent", description = "An event that nobody will be told of again.")
    record Ignored(
            @Schema(description = "Where it stood in the array, from 0", examples = "0")
            int index,

            @Schema(description = "Why", examples = "DUPLICATE_EVENT")
            Reason reason) {}

    /** A rejected event: its index in the array, and why. */
    @RegisterForReflection
    @Schema(name = "RejectedEvent", description = "An event that was not taken.")
    record Rejected(
            @Schema(description = "Where it stood in the array, from 0", examples = "1")
            int index,

            @Schema(description = "Why; pointers are into the event")
            Problem problem) {}
}
