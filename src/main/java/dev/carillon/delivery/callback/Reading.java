package dev.carillon.delivery.callback;

import java.util.List;

/** What a callback came to. */
public sealed interface Reading {

    /**
     * It is the provider's.
     *
     * @param ignored how many of its events say nothing that we keep
     */
    record Heard(List<DeliveryReport> reports, List<Consent> consents, int ignored) implements Reading {
    }

    /** Nothing is configured that it could be checked by. */
    record Closed() implements Reading {
    }

    /** It is not the provider's, or is too old. */
    record Forged(String why) implements Reading {
    }

    /** It is the provider's, and cannot be read. */
    record Garbled(String why) implements Reading {
    }
}
