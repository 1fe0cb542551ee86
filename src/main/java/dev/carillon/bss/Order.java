package dev.carillon.bss;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** An order and its lines; a line's id is {@code <order>-<n>}, counted from 1. */
public record Order(String id, String customerId, String status, Instant createdAt, List<Line> lines) {

    private static final Set<String> ON_ITS_WAY = Set.of("SHIPPED", "DELIVERED");

    public Order {
        lines = List.copyOf(lines);
    }

    /** One line: {@code status} is PENDING, SHIPPED, DELIVERED, …. */
    public record Line(
            String id, String productId, String productName, BigDecimal price, int quantity, String status) {}

    public Line line(String lineId) {
        return lines.stream()
                .filter(line -> line.id().equals(lineId))
                .findFirst()
                .orElseThrow(() -> new UnknownRecord("line " + lineId + " of order", id));
    }

    /** Every line is shipped or delivered. */
    public boolean complete() {
        return !lines.isEmpty() && lines.stream().allMatch(line -> ON_ITS_WAY.contains(line.status()));
    }
}
