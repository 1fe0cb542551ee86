package dev.carillon.platform.security;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** An API key's tenant, roles and label. The key itself is not stored. */
@RegisterForReflection
@Schema(description = "What an API key stands for; the key itself is not kept.")
public record ApiKey(
        @Schema(description = "What it is revoked by, a ULID", examples = "01KAJ3W4S8M2Q9V7T5R1N3X0ZC")
        String id,

        @Schema(description = "Whose data it opens", examples = "default")
        String tenant,

        @Schema(description = "Among admin, publisher, sender, reader, metrics", examples = "[\"sender\"]")
        Set<String> roles,

        @Schema(description = "Whom it was made for", examples = "ordering team")
        String label) {

    public ApiKey {
        roles = Set.copyOf(roles);
    }
}
