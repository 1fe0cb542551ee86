/** What is the same for every text, whatever it says. */
@NullMarked
package dev.carillon.platform.text;

import org.jspecify.annotations.NullMarked;
