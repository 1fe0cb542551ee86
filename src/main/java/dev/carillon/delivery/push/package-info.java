/** Push to iOS and Android devices. */
@NullMarked
package dev.carillon.delivery.push;

import org.jspecify.annotations.NullMarked;
