/** The platform that is being notified about: state only. */
@NullMarked
package dev.carillon.bss;

import org.jspecify.annotations.NullMarked;
