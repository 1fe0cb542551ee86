package dev.carillon.delivery.slack;

import dev.carillon.delivery.ProvidedChannel;
import dev.carillon.delivery.Providers;
import jakarta.inject.Singleton;

/** Slack; the address is the member's id, which the customer's attribute {@code slack} holds. */
@Singleton
class SlackChannel extends ProvidedChannel {

    static final String NAME = "slack";

    SlackChannel(Providers providers) {
        super(NAME, providers);
    }
}
