/** What every other package builds on: clock, ids, JSON, problem details, security, health, embedded PostgreSQL. */
@NullMarked
package dev.carillon.platform;

import org.jspecify.annotations.NullMarked;
