/** How JSON is read and written. */
@NullMarked
package dev.carillon.platform.json;

import org.jspecify.annotations.NullMarked;
