/** Regular jobs for a long-lived database: partitions and retention. */
@NullMarked
package dev.carillon.platform.jobs;

import org.jspecify.annotations.NullMarked;
