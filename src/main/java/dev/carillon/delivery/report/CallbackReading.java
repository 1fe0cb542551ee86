package dev.carillon.delivery.report;

import java.util.List;

/** The result of reading a callback. */
public sealed interface CallbackReading {

    /**
     * The provider sent it.
     *
     * @param ignored how many of its events say nothing that we keep
     */
    record Authentic(List<DeliveryReport> reports, List<Consent> consents, int ignored) implements CallbackReading {}

    /** Nothing is configured to verify it with. */
    record NotConfigured() implements CallbackReading {}

    /** The provider did not send it, or it is too old. */
    record Forged(String why) implements CallbackReading {}

    /** The provider sent it, but it cannot be read. */
    record Malformed(String why) implements CallbackReading {}
}
