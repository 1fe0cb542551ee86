/** Calls to other people's servers, and what their answers mean for a delivery. */
@NullMarked
package dev.carillon.delivery.httpclient;

import org.jspecify.annotations.NullMarked;
