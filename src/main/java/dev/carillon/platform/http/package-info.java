/**
 * Limits what anybody can do to the HTTP server before they are authenticated: connections, heads, bodies. Also stops
 * the server.
 */
@NullMarked
package dev.carillon.platform.http;

import org.jspecify.annotations.NullMarked;
