package dev.carillon.delivery.endpoint;

import dev.carillon.delivery.report.Freshness;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Signs calls to other people's endpoints as in Standard Webhooks. It signs with more than one secret while one
 * replaces another.
 */
public final class StandardWebhook {

    public static final String ID = "webhook-id";
    public static final String TIMESTAMP = "webhook-timestamp";
    public static final String SIGNATURE = "webhook-signature";

    private static final String PREFIX = "whsec_";
    private static final int SHORTEST = 24;
    private static final int LONGEST = 64;
    private static final String HMAC = "HmacSHA256";

    private final List<SecretKeySpec> secrets;

    private StandardWebhook(List<SecretKeySpec> secrets) {
        this.secrets = secrets;
    }

    /**
     * @param secrets {@code whsec_} and 24 to 64 bytes in Base64 each
     * @throws IllegalArgumentException saying what is wrong with one, never the secret
     */
    public static StandardWebhook of(List<String> secrets) {
        return new StandardWebhook(secrets.stream().map(StandardWebhook::key).toList());
    }

    /**
     * The three headers of one attempt; none without a secret.
     *
     * @param id the same in every attempt
     * @param at when this attempt is made
     * @param body the very bytes that are sent
     */
    public Map<String, String> headers(String id, Instant at, byte[] body) {
        var headers = new LinkedHashMap<String, String>();
        headers.put(ID, id);
        headers.put(TIMESTAMP, String.valueOf(at.getEpochSecond()));
        if (!secrets.isEmpty()) {
            var signed = signed(id, String.valueOf(at.getEpochSecond()), body);
            headers.put(
                    SIGNATURE,
                    secrets.stream().map(secret -> "v1," + mac(secret, signed)).collect(Collectors.joining(" ")));
        }
        return headers;
    }

    /** Whether one of the secrets signed this, at most five minutes from now; always false without a secret. */
    public boolean signed(
            @Nullable String id, @Nullable String timestamp, @Nullable String signatures, byte[] body, Instant now) {
        if (id == null || timestamp == null || signatures == null || !Freshness.isFresh(timestamp, now)) {
            return false;
        }
        var signed = signed(id, timestamp, body);
        return secrets.stream()
                .map(secret -> ("v1," + mac(secret, signed)).getBytes(StandardCharsets.UTF_8))
                .anyMatch(ours -> Stream.of(signatures.split(" "))
                        .anyMatch(theirs -> MessageDigest.isEqual(ours, theirs.getBytes(StandardCharsets.UTF_8))));
    }

    /** A new secret, of 32 bytes. */
    public static String newSecret(SecureRandom random) {
        var secret = new byte[32];
        random.nextBytes(secret);
        return PREFIX + Base64.getEncoder().encodeToString(secret);
    }

    private static byte[] signed(String id, String timestamp, byte[] body) {
        return Buffer.buffer(id + "." + timestamp + ".").appendBytes(body).getBytes();
    }

    private static SecretKeySpec key(String written) {
        byte[] secret;
        try {
            secret = Base64.getDecoder().decode(written.startsWith(PREFIX) ? written.substring(PREFIX.length()) : "!");
        } catch (IllegalArgumentException undecodable) {
            throw new IllegalArgumentException("a secret is " + PREFIX + " and Base64");
        }
        if (secret.length < SHORTEST || secret.length > LONGEST) {
            throw new IllegalArgumentException(
                    "a secret has " + SHORTEST + " to " + LONGEST + " bytes, not " + secret.length);
        }
        return new SecretKeySpec(secret, HMAC);
    }

    private static String mac(SecretKeySpec secret, byte[] signed) {
        try {
            var mac = Mac.getInstance(HMAC);
            mac.init(secret);
            return Base64.getEncoder().encodeToString(mac.doFinal(signed));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
