package dev.carillon.platform.security;

import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;

/** A table that holds secrets. Each start re-encrypts them with the current key ({@link SecretsAtRest}). */
public interface StoredSecrets {

    /**
     * Writes anew what is not encrypted, or with a previous key.
     *
     * @return how many rows that were; fails when one of them cannot be read
     */
    Uni<Integer> renew(Tx tx);
}
