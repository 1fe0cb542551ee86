/** The notification REST API, and the client that other teams call it with. */
@NullMarked
package dev.carillon.apidriven.api;

import org.jspecify.annotations.NullMarked;
