/** What a long-lived database needs from time to time. */
@NullMarked
package dev.carillon.platform.jobs;

import org.jspecify.annotations.NullMarked;
