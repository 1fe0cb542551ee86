/** Memory built anew from the journal, beside the live one, compared with it and put in its place. */
@NullMarked
package dev.carillon.eventsourced.replay;

import org.jspecify.annotations.NullMarked;
