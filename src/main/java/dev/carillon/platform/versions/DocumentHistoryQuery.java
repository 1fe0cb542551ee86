package dev.carillon.platform.versions;

import dev.carillon.platform.rest.QueryCheck;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** How much of a document's history is asked for. */
public record DocumentHistoryQuery(
        @QueryParam("limit")
        @Parameter(
                description = "1 to 1000, 100 by default",
                example = "100",
                schema = @Schema(type = SchemaType.INTEGER))
        @Nullable
        String limit) {

    private static final int USUAL = 100;
    private static final int MOST = 1000;

    /** How many changes; refuses what is no such number. */
    public int changes() {
        var check = new QueryCheck();
        var changes = check.limit(limit, USUAL, MOST);
        check.done();
        return changes;
    }
}
