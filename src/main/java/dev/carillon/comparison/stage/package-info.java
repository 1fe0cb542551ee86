/**
 * Tells a story through a door: the teams' processes, the wire between them and the service, and what breaks on the way.
 * What breaks really does ({@code docs/adr/0036-faults-really-happen.md}).
 */
@NullMarked
package dev.carillon.comparison.stage;

import org.jspecify.annotations.NullMarked;
