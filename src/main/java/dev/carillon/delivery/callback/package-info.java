/** Providers' callbacks: authentication and content. */
@NullMarked
package dev.carillon.delivery.callback;

import org.jspecify.annotations.NullMarked;
