/** What was given up: looked at, given another try, put away. */
@NullMarked
package dev.carillon.delivery.deadletter;

import org.jspecify.annotations.NullMarked;
