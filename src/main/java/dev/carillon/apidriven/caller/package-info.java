/** The domain teams of door 2: they look up what they need, decide, and call the notification API. */
@NullMarked
package dev.carillon.apidriven.caller;

import org.jspecify.annotations.NullMarked;
