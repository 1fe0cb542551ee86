package dev.carillon.delivery.push;

import io.vertx.core.json.JsonObject;
import java.security.PrivateKey;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/** Signs claims as a JSON Web Token. */
final class SignedToken {

    private SignedToken() {}

    /** @param algorithm {@code RS256} or {@code ES256} */
    static String of(JsonObject claims, String algorithm, @Nullable String keyId, PrivateKey key) {
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
