/** Values that the latest to be said decides, in whatever order they are heard. */
@NullMarked
package dev.carillon.platform.lww;

import org.jspecify.annotations.NullMarked;
