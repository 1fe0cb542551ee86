/** What the native binary must be told because it is found by name only. */
@NullMarked
package dev.carillon.platform.nativeimage;

import org.jspecify.annotations.NullMarked;
