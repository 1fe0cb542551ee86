package dev.carillon.delivery.report;

import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A call made in a provider's name. Nothing in it is trusted before its signature is verified.
 *
 * @param account who calls, where there may be more than one of a kind
 * @param query   as it was written, without the question mark; empty when there is none
 * @param headers name → value, null when there is none
 * @param body    the very bytes that were signed
 * @param at      when it arrived
 */
public record Callback(
        String account, String query, Function<String, @Nullable String> headers, byte[] body, Instant at) {

    @Nullable
    public String header(String name) {
        return headers.apply(name);
    }

    /** Shows the caller only; the rest may name people. */
    @Override
    public String toString() {
        return "Callback[" + account + "]";
    }
}
