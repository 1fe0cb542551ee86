package dev.carillon.delivery.outbox;

import dev.carillon.delivery.LeasedParcel;

import java.util.List;

/**
 * What a claim has brought.
 *
 * @param more  whether some tenant got its share and may have more that is due
 * @param after by lane, which tenant was served last
 */
public record Claimed(List<LeasedParcel> parcels, boolean more, List<String> after) {
}
