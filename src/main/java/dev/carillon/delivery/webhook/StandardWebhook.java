package dev.carillon.delivery.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs what goes to other people's endpoints, as Standard Webhooks has it. More than one secret while one takes the other's place. */
public final class StandardWebhook {

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
     */
    public Map<String, String> headers(String id, Instant at, String body) {
        var headers = new LinkedHashMap<String, String>();
        headers.put("webhook-id", id);
        headers.put("webhook-timestamp", String.valueOf(at.getEpochSecond()));
        if (!secrets.isEmpty()) {
            var signed = (id + "." + at.getEpochSecond() + "." + body).getBytes(StandardCharsets.UTF_8);
            headers.put("webhook-signature", secrets.stream().map(secret -> "v1," + mac(secret, signed)).collect(Collectors.joining(" ")));
        }
        return headers;
    }

    private static SecretKeySpec key(String written) {
        byte[] secret;
        try {
            secret = Base64.getDecoder().decode(written.startsWith(PREFIX) ? written.substring(PREFIX.length()) : "!");
        } catch (IllegalArgumentException undecodable) {
            throw new IllegalArgumentException("a secret is " + PREFIX + " and Base64");
        }
        if (secret.length < SHORTEST || secret.length > LONGEST) {
            throw new IllegalArgumentException("a secret has " + SHORTEST + " to " + LONGEST + " bytes, not " + secret.length);
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
