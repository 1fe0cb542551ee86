/** Query parameters: what is wrong with them is said of all at once. */
@NullMarked
package dev.carillon.platform.query;

import org.jspecify.annotations.NullMarked;
