/** The dispatch verticles: claim with a lease, send, complete in batches. */
@NullMarked
package dev.carillon.delivery.dispatch;

import org.jspecify.annotations.NullMarked;
