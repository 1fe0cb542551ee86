/** The embedded PostgreSQL: a real server, used when no database is configured. */
@NullMarked
package dev.carillon.platform.postgres;

import org.jspecify.annotations.NullMarked;
