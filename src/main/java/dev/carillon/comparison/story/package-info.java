/**
 * Stories as data: what happens, what the teams do about it in either door, and who must be notified. {@code
 * docs/scenarios.schema.json} says their form. Pure.
 */
@NullMarked
package dev.carillon.comparison.story;

import org.jspecify.annotations.NullMarked;
