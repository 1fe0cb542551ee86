package dev.carillon.platform.security;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * A key for {@link Encryption}.
 *
 * @param id a few digits of its hash: says which key something was encrypted with, and nothing about the key
 */
record EncryptionKey(String id, SecretKey key) {

    static final int BYTES = 32;

    private static final int ID_BYTES = 4;

    /** @param setting named in the complaint, which never shows the value */
    static EncryptionKey parse(String setting, String base64) {
        byte[] bytes = decoded(base64.strip());
        if (bytes.length != BYTES) {
            throw new ConfigurationException(setting + " must be " + BYTES
                    + " bytes in Base64: make one with `openssl rand -base64 " + BYTES + "`");
        }
        return new EncryptionKey(HexFormat.of().formatHex(hash(bytes), 0, ID_BYTES), new SecretKeySpec(bytes, "AES"));
    }

    @Override
    public String toString() {
        return "EncryptionKey[" + id + "]";
    }

    private static byte[] decoded(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException notBase64) {
            return new byte[0];
        }
    }

    private static byte[] hash(byte[] bytes) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update("carillon encryption key".getBytes(StandardCharsets.US_ASCII));
            return digest.digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
