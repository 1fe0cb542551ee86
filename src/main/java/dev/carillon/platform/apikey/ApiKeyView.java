package dev.carillon.platform.apikey;

import dev.carillon.platform.security.KeyInForce;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A key as the API shows it. */
@RegisterForReflection
@Schema(name = "ApiKey", description = "An API key; the key itself is not stored.")
record ApiKeyView(
        @Schema(description = "Its id, used to revoke it; a ULID", examples = "01KAJ3W4S8M2Q9V7T5R1N3X0ZC")
        String id,

        @Schema(description = "The tenant it gives access to", examples = "default")
        String tenant,

        @Schema(description = "Among admin, publisher, sender, reader, metrics", examples = "[\"sender\"]")
        Set<String> roles,

        @Schema(description = "Its owner", examples = "ordering team")
        String label,

        @Schema(description = "UTC") Instant createdAt,

        @Schema(description = "When it was last used, to the minute; null when it never was; UTC") @Nullable
        Instant lastUsedAt) {

    static ApiKeyView of(KeyInForce one) {
        var key = one.key();
        return new ApiKeyView(key.id(), key.tenant(), key.roles(), key.label(), one.createdAt(), one.lastUsedAt());
    }
}
