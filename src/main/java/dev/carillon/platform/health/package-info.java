/** Health checks: what must work before traffic comes. */
@NullMarked
package dev.carillon.platform.health;

import org.jspecify.annotations.NullMarked;
