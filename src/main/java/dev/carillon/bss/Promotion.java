package dev.carillon.bss;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;

/** A sale on one product, from {@code startsAt} until {@code endsAt}. */
public record Promotion(
        String id, String name, String productId, int discountPercent, Instant startsAt, Instant endsAt) {

    public BigDecimal salePrice(BigDecimal listPrice) {
        return listPrice
                .multiply(BigDecimal.valueOf(100L - discountPercent))
                .divide(BigDecimal.valueOf(100), 2, RoundingMode.HALF_UP);
    }
}
