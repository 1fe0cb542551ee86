/** What providers call us back with: who may, and what they say. */
@NullMarked
package dev.carillon.delivery.callback;

import org.jspecify.annotations.NullMarked;
