/** The domain teams, api-driven: they look up what they must, decide, and call the notification API. */
@NullMarked
package dev.carillon.apidriven.caller;

import org.jspecify.annotations.NullMarked;
