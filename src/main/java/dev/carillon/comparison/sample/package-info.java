/** The platform's sample data, and how it is loaded into a tenant. */
@NullMarked
package dev.carillon.comparison.sample;

import org.jspecify.annotations.NullMarked;
