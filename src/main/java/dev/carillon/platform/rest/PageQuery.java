package dev.carillon.platform.rest;

import dev.carillon.platform.id.Ids;
import jakarta.ws.rs.QueryParam;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** Which page is asked for, of a list that is read in the order of its ids. */
public record PageQuery(
        @QueryParam("after")
        @Parameter(description = "`next` of the page before", example = "01KAJ3W4S8M2Q9V7T5R1N3X0ZC")
        @Nullable
        String after,

        @QueryParam("limit")
        @Parameter(description = "1 to 200, 50 by default", example = "50", schema = @Schema(type = SchemaType.INTEGER))
        @Nullable
        String limit) {

    private static final int USUAL = 50;
    private static final int MOST = 200;

    /** How many are asked for. */
    public int limit(QueryCheck check) {
        return check.limit(limit, USUAL, MOST);
    }

    /** The id at which the page before ended; null for the first one. */
    public @Nullable String after(QueryCheck check) {
        return check.cursor("after", after, text -> Optional.of(text).filter(Ids::isId));
    }
}
