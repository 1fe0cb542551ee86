package dev.carillon.delivery.callback;

import java.util.List;

/** What a callback came to. */
public sealed interface CallbackReading {

    /**
     * It is the provider's.
     *
     * @param ignored how many of its events say nothing that we keep
     */
    record Authentic(List<DeliveryReport> reports, List<Consent> consents, int ignored) implements CallbackReading {}

    /** Nothing is configured that it could be checked by. */
    record NotConfigured() implements CallbackReading {}

    /** It is not the provider's, or is too old. */
    record Forged(String why) implements CallbackReading {}

    /** It is the provider's, and cannot be read. */
    record Malformed(String why) implements CallbackReading {}
}
