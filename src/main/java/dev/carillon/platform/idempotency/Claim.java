package dev.carillon.platform.idempotency;

import java.time.Instant;

/** The state of an idempotency key when a request arrives with it. */
sealed interface Claim {

    /** The key is free. This request is processed, and completes the key with {@code token}. */
    record Ours(String token, Instant firstTried) implements Claim {}

    /** The key has an answer already. */
    record Answered(Answer answer) implements Claim {}

    /** Another request with this key is in progress. */
    record InProgress() implements Claim {}

    /** The key was used for a request with another content. */
    record OtherContent() implements Claim {}
}
