package dev.carillon.platform.idempotency;

import java.time.Instant;

/** What is known of a key when a request comes with it. */
sealed interface Claim {

    /** Nobody answered it: this request does, and shows {@code token} when it is done. */
    record Ours(String token, Instant firstTried) implements Claim {}

    /** It was answered before. */
    record Answered(Answer answer) implements Claim {}

    /** Another request with this key is being answered. */
    record InProgress() implements Claim {}

    /** The key belongs to a request with another content. */
    record OtherContent() implements Claim {}
}
