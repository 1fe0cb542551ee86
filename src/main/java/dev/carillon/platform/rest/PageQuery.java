package dev.carillon.platform.rest;

import dev.carillon.platform.id.Ids;
import jakarta.ws.rs.QueryParam;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** Which page of a list is asked for. What {@code after} looks like differs: the endpoint shows an example. */
public record PageQuery(
        @QueryParam("after") @Parameter(description = "`next` of the page before") @Nullable
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

    /** Where the page before ended; null for the first one. */
    public <C> @Nullable C after(QueryCheck check, Function<String, Optional<C>> form) {
        return check.cursor("after", after, form);
    }

    /** Like {@link #after}, for lists that are read in the order of their ids. */
    public @Nullable String afterId(QueryCheck check) {
        return after(check, text -> Optional.of(text).filter(Ids::isId));
    }
}
