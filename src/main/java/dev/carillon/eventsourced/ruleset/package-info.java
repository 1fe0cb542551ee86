/**
 * The rules in force: read from files and from what the API put, compiled, checked against notification types and event schemas,
 * kept in all their versions, and exchanged while the service runs.
 */
@NullMarked
package dev.carillon.eventsourced.ruleset;

import org.jspecify.annotations.NullMarked;
