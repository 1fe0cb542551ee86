package dev.carillon.delivery.push;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;

/** A Google service account's key file: our identity and the key that proves it. */
record ServiceAccount(String project, String email, SigningKey key, URI tokenUri) {

    static final String KEY = "carillon.provider.fcm.service-account";

    private static final Duration ASSERTION = Duration.ofMinutes(10);
    private static final String SCOPE = "https://www.googleapis.com/auth/firebase.messaging";

    /** @throws ConfigurationException naming what is missing in it, never what it holds */
    static ServiceAccount parse(String json) {
        try {
            var account = new JsonObject(json);
            return new ServiceAccount(
                    text(account, "project_id"),
                    text(account, "client_email"),
                    SigningKey.of(text(account, "private_key"), "RSA", KEY),
                    URI.create(text(account, "token_uri")));
        } catch (DecodeException | IllegalArgumentException | ClassCastException unreadable) {
            throw new ConfigurationException(KEY + " is no JSON key of a service account");
        }
    }

    /** The assertion that is exchanged for an access token (RFC 7523). */
    String assertion(Instant now) {
        var claims = new JsonObject()
                .put("iss", email)
                .put("scope", SCOPE)
                .put("aud", tokenUri.toString())
                .put("iat", now.getEpochSecond())
                .put("exp", now.plus(ASSERTION).getEpochSecond());
        return key.sign(claims, "RS256", null);
    }

    @Override
    public String toString() {
        return "ServiceAccount[" + project + "]";
    }

    private static String text(JsonObject account, String name) {
        var text = account.getString(name);
        if (text == null || text.isBlank()) {
            throw new ConfigurationException(KEY + " has no " + name);
        }
        return text;
    }
}
