/** {@code Idempotency-Key}: a repeated request gets the first answer again, and is not carried out again. */
@NullMarked
package dev.carillon.platform.idempotency;

import org.jspecify.annotations.NullMarked;
