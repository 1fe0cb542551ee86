package dev.carillon.platform.rest;

import dev.carillon.platform.sql.PgFailures;

/** Explains to the caller why a long-running operation failed. */
public final class FailureWords {

    private FailureWords() {}

    /** Such as {@code PgException 57014: a statement of the database took too long}. */
    public static String of(Throwable failure) {
        return PgFailures.nameOf(failure) + ": " + meaning(failure);
    }

    private static String meaning(Throwable failure) {
        if (Diagnosis.chain(failure).anyMatch(OutOfMemoryError.class::isInstance)) {
            return "there was not enough memory for it";
        }
        if (PgFailures.ranTooLong(failure)) {
            return "a statement of the database took too long";
        }
        return Diagnosis.chain(failure).anyMatch(PgFailures::isOutage)
                ? "the database could not do it at present, try again"
                : "it broke on our side, the log has the rest";
    }
}
