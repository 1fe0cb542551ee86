/** The sample platform that customers are notified about: state only. */
@NullMarked
package dev.carillon.bss;

import org.jspecify.annotations.NullMarked;
