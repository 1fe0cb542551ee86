/**
 * What settings have in common. A setting that cannot be used stops the start with a {@code ConfigurationException} without a cause: the
 * framework then prints its message alone, and no stack trace.
 */
@NullMarked
package dev.carillon.platform.settings;

import org.jspecify.annotations.NullMarked;
