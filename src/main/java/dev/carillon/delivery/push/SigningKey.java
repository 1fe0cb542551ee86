package dev.carillon.delivery.push;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/** Our private key at a push service. It signs what we claim to be. */
final class SigningKey {

    private final PrivateKey key;

    SigningKey(PrivateKey key) {
        this.key = key;
    }

    /**
     * The text of a secret that is set directly or as a file.
     *
     * @throws ConfigurationException naming the setting, when there is neither or the file cannot be read
     */
    static String read(Optional<String> itself, Optional<Path> file, String setting) {
        if (itself.isPresent()) {
            return itself.get();
        }
        var path = file.orElseThrow(() -> new ConfigurationException(
                "neither " + setting + " nor " + setting + "-file is set, but the configured provider needs one"));
        try {
            return Files.readString(path);
        } catch (IOException unreadable) {
            throw new ConfigurationException(setting + "-file=" + path + " cannot be read");
        }
    }

    /**
     * The key as Google and Apple issue it: PKCS #8 in PEM.
     *
     * @param algorithm {@code RSA} or {@code EC}
     * @param setting   the key of the setting it comes from
     * @throws ConfigurationException naming the setting, never what it holds
     */
    static SigningKey of(String pem, String algorithm, String setting) {
        var base64 = pem.replaceAll("-----(BEGIN|END) PRIVATE KEY-----", "").replaceAll("(\\\\n|\\s)+", "");
        try {
            return new SigningKey(KeyFactory.getInstance(algorithm)
                    .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64))));
        } catch (GeneralSecurityException | IllegalArgumentException unreadable) {
            throw new ConfigurationException(setting + " holds no " + algorithm + " private key in PEM (PKCS #8)");
        }
    }

    /**
     * The claims as a JSON Web Token.
     *
     * @param algorithm {@code RS256} or {@code ES256}
     */
    String sign(JsonObject claims, String algorithm, @Nullable String keyId) {
        var signature = new JsonWebSignature();
        signature.setPayload(claims.encode());
        signature.setAlgorithmHeaderValue(algorithm);
        if (keyId != null) {
            signature.setKeyIdHeaderValue(keyId);
        }
        signature.setKey(key);
        try {
            return signature.getCompactSerialization();
        } catch (JoseException unfit) {
            throw new IllegalStateException("the key does not sign " + algorithm, unfit);
        }
    }
}
