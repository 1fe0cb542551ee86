package dev.carillon.delivery.webhook;

import dev.carillon.delivery.Parcel;
import dev.carillon.delivery.ProvidedChannel;
import dev.carillon.delivery.Providers;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.net.URISyntaxException;

/** The customer's own endpoint; the address is its URL. */
@Singleton
class WebhookChannel extends ProvidedChannel {

    static final String NAME = "webhook";

    WebhookChannel(Providers providers) {
        super(NAME, providers);
    }

    @Override
    protected @Nullable String unfit(Parcel parcel) {
        try {
            return new URI(parcel.recipient()).isAbsolute() ? null : "not a URL";
        } catch (URISyntaxException broken) {
            return "not a URL";
        }
    }
}
