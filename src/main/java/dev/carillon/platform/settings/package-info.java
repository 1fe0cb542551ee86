/** What settings have in common. */
@NullMarked
package dev.carillon.platform.settings;

import org.jspecify.annotations.NullMarked;
