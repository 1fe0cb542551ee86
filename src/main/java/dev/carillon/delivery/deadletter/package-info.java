/** Dead letters: deliveries that failed permanently. They can be listed, redriven and purged. */
@NullMarked
package dev.carillon.delivery.deadletter;

import org.jspecify.annotations.NullMarked;
