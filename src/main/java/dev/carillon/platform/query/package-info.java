/** Query parameters, paging and preconditions. */
@NullMarked
package dev.carillon.platform.query;

import org.jspecify.annotations.NullMarked;
