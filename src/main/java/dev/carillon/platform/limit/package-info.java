/** Limits: how much in a time, across all replicas, and how much at once on this replica. */
@NullMarked
package dev.carillon.platform.limit;

import org.jspecify.annotations.NullMarked;
