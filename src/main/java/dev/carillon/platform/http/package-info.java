/** What everybody may ask of the HTTP server before anything of theirs is believed: connections, heads, bodies, and how it stops. */
@NullMarked
package dev.carillon.platform.http;

import org.jspecify.annotations.NullMarked;
