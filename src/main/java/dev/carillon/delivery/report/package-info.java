/** Providers' callbacks: authentication and content. */
@NullMarked
package dev.carillon.delivery.report;

import org.jspecify.annotations.NullMarked;
