/** Many small requests, one commit. */
@NullMarked
package dev.carillon.platform.batch;

import org.jspecify.annotations.NullMarked;
