package dev.carillon.platform.rest;

import dev.carillon.platform.sql.PgFailures;

/** Explains to the caller why a long-running operation failed. */
public final class FailureMessages {

    private FailureMessages() {}

    /** Such as {@code PgException 57014: a database statement took too long}. */
    public static String of(Throwable failure) {
        return PgFailures.nameOf(failure) + ": " + meaning(failure);
    }

    private static String meaning(Throwable failure) {
        if (Diagnosis.chain(failure).anyMatch(OutOfMemoryError.class::isInstance)) {
            return "not enough memory";
        }
        if (PgFailures.ranTooLong(failure)) {
            return "a database statement took too long";
        }
        return Diagnosis.chain(failure).anyMatch(PgFailures::isOutage)
                ? "the database was unavailable, try again"
                : "internal error, see the log";
    }
}
