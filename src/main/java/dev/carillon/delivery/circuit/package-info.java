/** Circuit breakers: when a provider fails too often, its circuit opens on every replica for a while. */
@NullMarked
package dev.carillon.delivery.circuit;

import org.jspecify.annotations.NullMarked;
