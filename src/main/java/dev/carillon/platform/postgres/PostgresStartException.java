package dev.carillon.platform.postgres;

import org.jspecify.annotations.Nullable;

/** The embedded PostgreSQL cannot be started. The message says why and which setting or command helps. */
public final class PostgresStartException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    PostgresStartException(String message) {
        this(message, null);
    }

    PostgresStartException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
