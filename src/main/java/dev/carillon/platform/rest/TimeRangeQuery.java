package dev.carillon.platform.rest;

import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** Which stretch of time is asked for. */
public record TimeRangeQuery(
        @QueryParam("from")
        @Parameter(
                description = "At this time or later",
                example = "2026-11-21T00:00:00Z",
                schema = @Schema(type = SchemaType.STRING, format = "date-time"))
        @Nullable
        String from,

        @QueryParam("to")
        @Parameter(
                description = "Before this time",
                example = "2026-11-22T00:00:00Z",
                schema = @Schema(type = SchemaType.STRING, format = "date-time"))
        @Nullable
        String to) {

    /** Refuses a time that is not before {@code to}: nothing could be in between. */
    public @Nullable Instant from(QueryCheck check) {
        return check.timeBefore("from", from, "to", to);
    }

    public @Nullable Instant to(QueryCheck check) {
        return check.time("to", to);
    }
}
