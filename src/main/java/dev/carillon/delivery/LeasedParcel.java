package dev.carillon.delivery;

import java.time.Instant;

/**
 * A parcel this process may try to send until its lease ends.
 *
 * @param attempt counted from 1
 * @param token   the fencing token: a completion with another one changes nothing
 */
public record LeasedParcel(Parcel parcel, int attempt, long token, Instant leasedAt) {
}
