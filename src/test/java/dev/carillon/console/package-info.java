/** Journeys through the console, in a real browser. */
package dev.carillon.console;
