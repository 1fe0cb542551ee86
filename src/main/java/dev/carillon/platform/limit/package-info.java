/** How much of something there may be in a time, in all replicas together. */
@NullMarked
package dev.carillon.platform.limit;

import org.jspecify.annotations.NullMarked;
