/** May we, on which channel. */
@NullMarked
package dev.carillon.notification.preference;

import org.jspecify.annotations.NullMarked;
