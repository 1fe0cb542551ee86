package dev.carillon.delivery.push;

import dev.carillon.delivery.ProvidedChannel;
import dev.carillon.delivery.Providers;
import jakarta.inject.Singleton;

/** Push to iOS devices; the address is the device's token. */
@Singleton
class IosChannel extends ProvidedChannel {

    static final String NAME = "ios";

    IosChannel(Providers providers) {
        super(NAME, providers);
    }
}
