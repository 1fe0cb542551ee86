package dev.carillon.platform.security;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** An API key's tenant, roles and label. The key itself is not stored. */
@RegisterForReflection
@Schema(description = "An API key; the key itself is not stored.")
public record ApiKey(
        @Schema(description = "Its id, used to revoke it; a ULID", examples = "01KAJ3W4S8M2Q9V7T5R1N3X0ZC")
        String id,

        @Schema(description = "The tenant it gives access to", examples = "default")
        String tenant,

        @Schema(description = "Among admin, publisher, sender, reader, metrics", examples = "[\"sender\"]")
        Set<String> roles,

        @Schema(description = "Its owner", examples = "ordering team")
        String label) {

    public ApiKey {
        roles = Set.copyOf(roles);
    }
}
