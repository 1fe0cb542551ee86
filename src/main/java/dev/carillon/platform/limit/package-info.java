/** How much of something there may be in a time, in all replicas together; and how much of it at once, here. */
@NullMarked
package dev.carillon.platform.limit;

import org.jspecify.annotations.NullMarked;
