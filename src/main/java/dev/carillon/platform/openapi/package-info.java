/** Corrects the schemas of the OpenAPI document, so that client generators produce clients that work. */
@NullMarked
package dev.carillon.platform.openapi;

import org.jspecify.annotations.NullMarked;
