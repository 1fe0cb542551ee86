/** Seed 4's example: a channel and its provider in one package, and nothing edited elsewhere. */
@NullMarked
package dev.carillon.delivery.slack;

import org.jspecify.annotations.NullMarked;
