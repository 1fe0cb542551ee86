/** API keys, made and revoked over the API. */
@NullMarked
package dev.carillon.platform.apikey;

import org.jspecify.annotations.NullMarked;
