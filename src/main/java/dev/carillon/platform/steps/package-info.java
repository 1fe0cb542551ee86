/** What a demo run did, step by step, and when it has come to rest. */
@NullMarked
package dev.carillon.platform.steps;

import org.jspecify.annotations.NullMarked;
