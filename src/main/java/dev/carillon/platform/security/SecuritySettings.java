package dev.carillon.platform.security;

import dev.carillon.platform.settings.Bounded;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.util.List;
import java.util.Optional;

/** API keys and encryption. */
@ConfigMapping(prefix = "carillon.security")
public interface SecuritySettings {

    String ENCRYPTION_KEY = "carillon.security.encryption-key";
    String PREVIOUS_ENCRYPTION_KEYS = "carillon.security.previous-encryption-keys";

    /**
     * The first admin key of the default tenant (CARILLON_ADMIN_KEY). Without it the first start makes one and prints
     * it.
     */
    Optional<String> adminKey();

    /** How many wrong keys one address may send in a minute before it gets 429. */
    @WithDefault("60")
    @WithConverter(Bounded.Count.class)
    int failuresPerMinute();

    /** Makes every caller administrator of the default tenant: for development and tests, refused in production. */
    @WithDefault("false")
    boolean open();

    /**
     * Encrypts the secrets in the database (CARILLON_SECURITY_ENCRYPTION_KEY): 32 bytes in Base64, the same on every
     * replica. The embedded PostgreSQL makes one and keeps it in its data directory; any other database requires it.
     */
    Optional<String> encryptionKey();

    /** Keys that secrets may still be encrypted with. Each start encrypts them again with {@code encryption-key}. */
    Optional<List<String>> previousEncryptionKeys();
}
