package dev.carillon.notification.unsubscribe;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Encodes subscriptions as tokens that nobody else can make: the content, and a part of its HMAC-SHA256. */
final class SubscriptionTokens {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int SEAL = 16;
    private static final int LONGEST = 2_000;

    private final SecretKeySpec key;

    SubscriptionTokens(byte[] secret) {
        this.key = new SecretKeySpec(secret, ALGORITHM);
    }

    String of(UnsubscribeTarget subscription) {
        var said = subscription.text().getBytes(StandardCharsets.UTF_8);
        var token = Arrays.copyOf(said, said.length + SEAL);
        System.arraycopy(seal(said), 0, token, said.length, SEAL);
        return encoded(token);
    }

    /** Empty for what was not made with this secret. */
    Optional<UnsubscribeTarget> read(String token) {
        var bytes = token.length() > LONGEST ? null : decoded(token);
        if (bytes == null || bytes.length <= SEAL) {
            return Optional.empty();
        }
        var said = Arrays.copyOf(bytes, bytes.length - SEAL);
        var genuine = MessageDigest.isEqual(seal(said), Arrays.copyOfRange(bytes, said.length, bytes.length));
        return genuine && token.equals(encoded(bytes))
                ? UnsubscribeTarget.parse(new String(said, StandardCharsets.UTF_8))
                : Optional.empty();
    }

    /** The one way to write it: a decoder takes others too, with padding or with bits that say nothing. */
    private static String encoded(byte[] token) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
    }

    private static byte @Nullable [] decoded(String token) {
        try {
            return Base64.getUrlDecoder().decode(token);
        } catch (IllegalArgumentException noToken) {
            return null;
        }
    }

    private byte[] seal(byte[] said) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return Arrays.copyOf(mac.doFinal(said), SEAL);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }
}
