package dev.carillon.delivery.deadletter;

import dev.carillon.platform.rest.Paged;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A page of redrives, newest first. */
@RegisterForReflection
@Schema(description = "A page of redrives, newest first.")
public record RedrivePage(
        List<Redrive> redrives,

        @Schema(description = "`after` of the following page; null when this was the last") @Nullable
        String next)
        implements Paged {}
