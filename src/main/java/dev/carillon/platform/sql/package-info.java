/** Transactions on the one PostgreSQL, without showing the driver to whoever opens them. */
@NullMarked
package dev.carillon.platform.sql;

import org.jspecify.annotations.NullMarked;
