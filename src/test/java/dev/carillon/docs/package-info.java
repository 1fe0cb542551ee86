/** What the pages say is run: the commands of README and docs/, and the figures that are counted in the code. */
@NullMarked
package dev.carillon.docs;

import org.jspecify.annotations.NullMarked;
