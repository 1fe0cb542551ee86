/** Last-writer-wins values, independent of the order of arrival. */
@NullMarked
package dev.carillon.platform.lww;

import org.jspecify.annotations.NullMarked;
