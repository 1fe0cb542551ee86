package dev.carillon.platform.security;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Min;
import java.util.List;
import java.util.Optional;

/** API keys and encryption. */
@ConfigMapping(prefix = "carillon.security")
public interface SecuritySettings {

    String ENCRYPTION_KEY = "carillon.security.encryption-key";
    String PREVIOUS_ENCRYPTION_KEYS = "carillon.security.previous-encryption-keys";

    /** The first admin key of the default tenant (CARILLON_ADMIN_KEY); without it one is made and printed at the first start. */
    Optional<String> adminKey();

    /** How many wrong keys one address may show in a minute before it is told to wait. */
    @WithDefault("60")
    @Min(1)
    int failuresPerMinute();

    /** Lets everyone in as administrator of the default tenant: for development and tests, refused in production. */
    @WithDefault("false")
    boolean open();

    /**
     * Encrypts the secrets in the database (CARILLON_SECURITY_ENCRYPTION_KEY): 32 bytes in Base64, the same on every replica. Made and
     * kept in its data directory for the embedded PostgreSQL, required for any other.
     */
    Optional<String> encryptionKey();

    /** With which secrets may still be encrypted: each start writes them anew with {@link #encryptionKey()}. */
    Optional<List<String>> previousEncryptionKeys();
}
