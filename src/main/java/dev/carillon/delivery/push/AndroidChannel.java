package dev.carillon.delivery.push;

import dev.carillon.delivery.ProvidedChannel;
import dev.carillon.delivery.Providers;
import jakarta.inject.Singleton;

/** Push to Android devices; the address is the device's token. */
@Singleton
class AndroidChannel extends ProvidedChannel {

    static final String NAME = "android";

    AndroidChannel(Providers providers) {
        super(NAME, providers);
    }
}
