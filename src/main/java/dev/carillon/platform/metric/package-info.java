/** What is counted, and under which labels. */
@NullMarked
package dev.carillon.platform.metric;

import org.jspecify.annotations.NullMarked;
