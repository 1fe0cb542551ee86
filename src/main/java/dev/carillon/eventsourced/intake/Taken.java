package dev.carillon.eventsourced.intake;

import dev.carillon.platform.problem.Problem;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import java.util.List;

/** What became of a request's events: all of it is committed when it is answered. */
@RegisterForReflection
@Schema(description = "What became of the events: all of it is committed when it is answered.")
record Taken(
        @Schema(description = "How many are in the journal now and were not before", examples = "2") int accepted,
        @Schema(description = "How many were there already: same source and id", examples = "0") int duplicates,
        @Schema(description = "Those that were not taken; the others are not affected") List<Rejected> rejected) {

    /** An event that was not taken: where it stood in the array, and why. */
    @RegisterForReflection
    @Schema(name = "RejectedEvent", description = "An event that was not taken.")
    record Rejected(
            @Schema(description = "Where it stood in the array, from 0", examples = "1") int index,
            @Schema(description = "Why; pointers are into the event") Problem problem) {
    }
}
