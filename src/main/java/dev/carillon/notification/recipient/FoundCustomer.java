package dev.carillon.notification.recipient;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A customer who was searched for. */
@RegisterForReflection
@Schema(name = "FoundCustomer", description = "A customer who was searched for.")
public record FoundCustomer(
        @Schema(examples = "cust-001") String id,
        @Schema(examples = "Alice Johnson") @Nullable String name,
        @Schema(examples = "alice@example.com") @Nullable String email,
        @Schema(examples = "+12025550101") @Nullable String phone,
        @Schema(examples = "gold") @Nullable String segment) {}
