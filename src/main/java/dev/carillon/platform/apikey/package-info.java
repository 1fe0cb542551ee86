/** The API that makes and revokes API keys. */
@NullMarked
package dev.carillon.platform.apikey;

import org.jspecify.annotations.NullMarked;
