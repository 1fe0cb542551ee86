package dev.carillon.platform.security;

import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * Encrypts secrets in the database with AES-256-GCM and a key that is not in the database. It still reads what was
 * encrypted with a previous key, and what was stored in clear before encryption existed.
 */
@ApplicationScoped
public class Encryption {

    /** The prefix of encrypted texts; the id of the key and a dot follow. None of our secrets begins like this. */
    private static final String MARK = "enc1.";

    private static final String ALGORITHM = "AES/GCM/NoPadding";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final EncryptionKey current;
    private final Map<String, EncryptionKey> readable = new LinkedHashMap<>();
    private final SecureRandom random = new SecureRandom();

    @Inject
    Encryption(SecuritySettings settings) {
        this(
                settings.encryptionKey()
                        .orElseThrow(() -> new ConfigurationException(SecuritySettings.ENCRYPTION_KEY
                                + " (CARILLON_SECURITY_ENCRYPTION_KEY) is not set: it encrypts the secrets in the database. Only for the embedded PostgreSQL one is made."
                                + " Make one with `openssl rand -base64 " + EncryptionKey.BYTES
                                + "` and give it to every replica")),
                settings.previousEncryptionKeys().orElse(List.of()));
    }

    Encryption(String current, List<String> previous) {
        this.current = EncryptionKey.parse(SecuritySettings.ENCRYPTION_KEY, current);
        previous.stream()
                .map(key -> EncryptionKey.parse(SecuritySettings.PREVIOUS_ENCRYPTION_KEYS, key))
                .forEach(key -> readable.put(key.id(), key));
        readable.put(this.current.id(), this.current);
    }

    /** The prefix of everything encrypted with the current key. */
    public String currentPrefix() {
        return MARK + current.id() + ".";
    }

    public boolean isCurrent(String stored) {
        return stored.startsWith(currentPrefix());
    }

    /**
     * Another text each time.
     *
     * @param place where it is kept, such as {@code webhook/<id>}: moved anywhere else it cannot be read
     */
    public String encrypt(String plain, String place) {
        var nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        var encrypted = apply(Cipher.ENCRYPT_MODE, current, nonce, place, plain.getBytes(StandardCharsets.UTF_8));
        var stored = Arrays.copyOf(nonce, NONCE_BYTES + encrypted.length);
        System.arraycopy(encrypted, 0, stored, NONCE_BYTES, encrypted.length);
        return currentPrefix() + Base64.getUrlEncoder().withoutPadding().encodeToString(stored);
    }

    /**
     * Decrypts what was encrypted for this place; returns unencrypted text as it is.
     *
     * @throws IllegalStateException when its key is not configured, or it was changed or moved; the message shows none of it
     */
    public String decrypt(String stored, String place) {
        if (!stored.startsWith(MARK)) {
            return stored;
        }
        int dot = stored.indexOf('.', MARK.length());
        var id = stored.substring(MARK.length(), Math.max(dot, MARK.length()));
        var key = readable.get(id);
        if (key == null) {
            throw new IllegalStateException("the secret in " + place + " was encrypted with another key than "
                    + SecuritySettings.ENCRYPTION_KEY + " or one of " + SecuritySettings.PREVIOUS_ENCRYPTION_KEYS
                    + ": its key has the id " + id + ", the configured ones have " + readable.keySet());
        }
        var bytes = decoded(stored.substring(dot + 1));
        if (bytes.length < NONCE_BYTES) {
            throw altered(place, null);
        }
        var nonce = Arrays.copyOf(bytes, NONCE_BYTES);
        return new String(
                apply(Cipher.DECRYPT_MODE, key, nonce, place, Arrays.copyOfRange(bytes, NONCE_BYTES, bytes.length)),
                StandardCharsets.UTF_8);
    }

    /** The same, written with the present key. */
    public String renew(String stored, String place) {
        return isCurrent(stored) ? stored : encrypt(decrypt(stored, place), place);
    }

    private static byte[] apply(int mode, EncryptionKey key, byte[] nonce, String place, byte[] text) {
        try {
            var cipher = Cipher.getInstance(ALGORITHM);
            cipher.init(mode, key.key(), new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(place.getBytes(StandardCharsets.UTF_8));
            return cipher.doFinal(text);
        } catch (GeneralSecurityException e) {
            throw altered(place, e);
        }
    }

    private static byte[] decoded(String base64) {
        try {
            return Base64.getUrlDecoder().decode(base64);
        } catch (IllegalArgumentException notBase64) {
            return new byte[0];
        }
    }

    private static IllegalStateException altered(String place, @Nullable Exception cause) {
        return new IllegalStateException("the secret in " + place + " is not the one that was encrypted for it", cause);
    }
}
