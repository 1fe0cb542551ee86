package dev.carillon.bss;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** A payment for an order: {@code status} is FAILED or PAID, {@code attempts} how often it was tried. */
public record Payment(
        String id,
        String orderId,
        String customerId,
        BigDecimal amount,
        String currency,
        String status,
        @Nullable String failureReason,
        int attempts) {}
