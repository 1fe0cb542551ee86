package dev.carillon.delivery.deadletter;

import dev.carillon.platform.rest.Paged;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A page of dead letters, newest delivery first. */
@RegisterForReflection
@Schema(description = "A page of dead letters, newest delivery first.")
public record DeadLetterPage(
        List<DeadLetter> deadLetters,

        @Schema(description = "`after` of the following page; null when this was the last") @Nullable
        String next)
        implements Paged {}
