/** The platform's sample data, and how it gets into a tenant. */
@NullMarked
package dev.carillon.comparison.sample;

import org.jspecify.annotations.NullMarked;
