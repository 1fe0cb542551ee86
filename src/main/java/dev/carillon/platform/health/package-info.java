/** What must answer before traffic may come. */
@NullMarked
package dev.carillon.platform.health;

import org.jspecify.annotations.NullMarked;
