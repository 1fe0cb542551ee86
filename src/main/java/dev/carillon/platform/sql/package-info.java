/** Transactions on the one PostgreSQL, without exposing the driver. */
@NullMarked
package dev.carillon.platform.sql;

import org.jspecify.annotations.NullMarked;
