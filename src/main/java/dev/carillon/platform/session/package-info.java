/** The API that signs in to the console, and out. */
@NullMarked
package dev.carillon.platform.session;

import org.jspecify.annotations.NullMarked;
