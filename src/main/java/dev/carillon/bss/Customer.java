package dev.carillon.bss;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A customer of the customer team; {@code segment} is the loyalty tier: bronze, silver, gold, platinum. */
public record Customer(
        String id,
        String name,
        @Nullable String email,
        @Nullable String phone,
        String segment,
        Instant createdAt) {}
