/** When a provider fails too often it is left alone for a while, by every replica. */
@NullMarked
package dev.carillon.delivery.circuit;

import org.jspecify.annotations.NullMarked;
