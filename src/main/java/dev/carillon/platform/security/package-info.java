/** API keys: who calls, for which tenant, in which roles. */
@NullMarked
package dev.carillon.platform.security;

import org.jspecify.annotations.NullMarked;
