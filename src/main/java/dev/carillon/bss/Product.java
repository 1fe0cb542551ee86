package dev.carillon.bss;

import java.math.BigDecimal;

/** A product and its list price, in {@link #CURRENCY}. */
public record Product(String id, String name, BigDecimal price, String category) {

    /** The platform sells in one currency. */
    public static final String CURRENCY = "USD";
}
