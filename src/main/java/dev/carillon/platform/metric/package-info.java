/** The labels of metrics. */
@NullMarked
package dev.carillon.platform.metric;

import org.jspecify.annotations.NullMarked;
