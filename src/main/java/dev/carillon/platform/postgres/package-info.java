/** The PostgreSQL that comes with the service: used when no database is configured, a real server all the same. */
@NullMarked
package dev.carillon.platform.postgres;

import org.jspecify.annotations.NullMarked;
