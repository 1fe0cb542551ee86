package dev.carillon.platform.security;

import java.time.Instant;

/**
 * Somebody is signed in to the console: what the API key allows that was exchanged for it, until it ends.
 *
 * @param hash      SHA-256 of its secret, in hexadecimal digits: what is stored
 * @param expiresAt when it ends in any case
 * @param idleUntil when it ends unless it is used
 */
public record Session(String hash, ApiKey key, Instant expiresAt, Instant idleUntil) {

    @Override
    public String toString() {
        return "Session[of " + key.id() + "]";
    }
}
