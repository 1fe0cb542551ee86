/**
 * Sending. In order: a delivery is put into the {@code outbox}; {@code dispatch} claims what is due, and chooses one of the
 * {@link dev.carillon.delivery.Provider}s of its {@link dev.carillon.delivery.Channel}; that provider's {@link
 * dev.carillon.delivery.Gateway} sends it ({@code email}, {@code sms}, {@code push}, {@code endpoint}, {@code inapp}); the
 * {@link dev.carillon.delivery.DeliveryOutcome} is recorded as an attempt, and the listeners are called. Later the provider
 * may send a {@code report}.
 */
@NullMarked
package dev.carillon.delivery;

import org.jspecify.annotations.NullMarked;
