/** What has to hold however providers, callers and chance behave: proofs on the whole application. */
@NullMarked
package dev.carillon.proof;

import org.jspecify.annotations.NullMarked;
