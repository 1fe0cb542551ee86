/** What a channel is, what it is given and what may come of it. Knows nothing of why anybody is told. */
@NullMarked
package dev.carillon.delivery;

import org.jspecify.annotations.NullMarked;
