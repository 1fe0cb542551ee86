/** Registers for the native binary what is found only by name. */
@NullMarked
package dev.carillon.platform.nativeimage;

import org.jspecify.annotations.NullMarked;
