package dev.carillon.notification.recipient;

import dev.carillon.platform.rest.Paged;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A page of customers. */
@RegisterForReflection
@Schema(name = "CustomerPage", description = "A page of customers.")
public record CustomerPage(
        @Schema(description = "At most `limit`; fewer, or none, where few in a long stretch match")
        List<FoundCustomer> customers,

        @Schema(description = "`after` of the next page; null on the last", examples = "ImN1c3QtMDAxIg") @Nullable
        String next)
        implements Paged {}
