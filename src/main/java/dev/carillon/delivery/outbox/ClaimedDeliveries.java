package dev.carillon.delivery.outbox;

import dev.carillon.delivery.LeasedDelivery;
import java.util.List;

/**
 * The result of a claim.
 *
 * @param more  whether more may be due that could start: some tenant got its share, or something was set aside that stood in others' way
 * @param held  whether something that was set aside may start as soon as something else has ended
 * @param after by lane, which tenant was served last
 */
public record ClaimedDeliveries(List<LeasedDelivery> deliveries, boolean more, boolean held, List<String> after) {}
