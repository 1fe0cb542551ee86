/** What the body of a request may hold. */
@NullMarked
package dev.carillon.platform.body;

import org.jspecify.annotations.NullMarked;
