/** {@code Idempotency-Key}: the same request again gets the first answer again, and is not done again. */
@NullMarked
package dev.carillon.platform.idempotency;

import org.jspecify.annotations.NullMarked;
