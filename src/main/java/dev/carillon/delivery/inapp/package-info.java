/** The inbox in the app as a channel: sending means writing a row. */
@NullMarked
package dev.carillon.delivery.inapp;

import org.jspecify.annotations.NullMarked;
