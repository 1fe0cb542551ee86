package dev.carillon.delivery.push;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

/** Reads a private key as Google and Apple issue it: PKCS #8 in PEM. */
final class PemKey {

    private PemKey() {}

    /**
     * @param algorithm {@code RSA} or {@code EC}
     * @param setting   the key of the setting it comes from
     * @throws IllegalStateException naming the setting, never what it holds
     */
    static PrivateKey of(String pem, String algorithm, String setting) {
        var base64 = pem.replaceAll("-----(BEGIN|END) PRIVATE KEY-----", "").replaceAll("(\\\\n|\\s)+", "");
        try {
            return KeyFactory.getInstance(algorithm)
                    .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64)));
        } catch (GeneralSecurityException | IllegalArgumentException unreadable) {
            throw new IllegalStateException(setting + " holds no " + algorithm + " private key in PEM (PKCS #8)");
        }
    }
}
