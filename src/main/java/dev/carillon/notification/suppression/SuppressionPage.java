package dev.carillon.notification.suppression;

import dev.carillon.platform.rest.Paged;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A page of suppressed addresses, oldest first. */
@RegisterForReflection
@Schema(name = "SuppressionPage", description = "A page of suppressed addresses, oldest first.")
public record SuppressionPage(
        @Schema(description = "At most `limit`") List<SuppressionView> suppressions,

        @Schema(description = "`after` of the next page; null on the last", examples = "01KAJ3W4S8M2Q9V7T5R1N3X0ZC")
        @Nullable
        String next)
        implements Paged {}
