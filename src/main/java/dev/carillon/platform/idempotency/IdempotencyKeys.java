package dev.carillon.platform.idempotency;

import dev.carillon.platform.problem.ProblemException;
import dev.carillon.platform.problem.ProblemType;

/** Which texts may be an {@code Idempotency-Key}. */
public final class IdempotencyKeys {

    private static final int MAX = 255;

    private IdempotencyKeys() {
    }

    /** The key as it was sent; a 400 for what is none. */
    public static String checked(String key) {
        if (key.isBlank() || key.length() > MAX || key.chars().anyMatch(c -> c < ' ' || c > '~')) {
            throw new ProblemException(ProblemType.BAD_REQUEST, Idempotency.KEY + " must have 1 to " + MAX + " printable ASCII characters");
        }
        return key;
    }
}
