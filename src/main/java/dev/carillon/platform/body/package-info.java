/** Checks what a request's body may hold. */
@NullMarked
package dev.carillon.platform.body;

import org.jspecify.annotations.NullMarked;
