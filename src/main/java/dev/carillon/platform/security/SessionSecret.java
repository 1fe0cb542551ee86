package dev.carillon.platform.security;

import dev.carillon.platform.value.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** What a session is known by: 256 random bits, in an encrypted cookie and nowhere else. */
record SessionSecret(String text) {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 32;

    static SessionSecret random() {
        var bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return new SessionSecret(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /** What is stored. */
    String hash() {
        return Sha256.hex(text);
    }

    /** What scripts of our own pages send with writes. Others cannot read it, and nobody can make it without the secret. */
    String csrfToken() {
        return Sha256.hex("csrf " + text);
    }

    boolean isConfirmedBy(@Nullable String token) {
        return token != null
                && MessageDigest.isEqual(
                        token.getBytes(StandardCharsets.UTF_8), csrfToken().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "SessionSecret";
    }
}
