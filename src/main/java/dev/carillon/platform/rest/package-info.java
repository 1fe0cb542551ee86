/** What every endpoint shares: problems (RFC 9457), pages, preconditions and headers, and what the OpenAPI document says of them. */
@NullMarked
package dev.carillon.platform.rest;

import org.jspecify.annotations.NullMarked;
