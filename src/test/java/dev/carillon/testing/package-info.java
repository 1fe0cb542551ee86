/** What tests of every package stand on: a real PostgreSQL, the packaged service as a process. */
@NullMarked
package dev.carillon.testing;

import org.jspecify.annotations.NullMarked;
