/** The console's pages: one HTML document for all, whose script shows what its address names. */
@NullMarked
package dev.carillon.platform.console;

import org.jspecify.annotations.NullMarked;
