package dev.carillon.delivery;

import java.time.Duration;
import java.time.Instant;

/**
 * A parcel this process may try to send until its lease ends.
 *
 * @param attempt counted from 1
 * @param token   the fencing token: a completion with another one changes nothing
 * @param lease   how long it is ours, from {@code leasedAt} on
 */
public record LeasedParcel(Parcel parcel, int attempt, long token, Instant leasedAt, Duration lease) {
}
