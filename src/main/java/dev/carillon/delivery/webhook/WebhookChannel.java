package dev.carillon.delivery.webhook;

import dev.carillon.delivery.Parcel;
import dev.carillon.delivery.ProvidedChannel;
import dev.carillon.delivery.Providers;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/** The customer's own endpoint; the address is its URL. */
@Singleton
class WebhookChannel extends ProvidedChannel {

    static final String NAME = "webhook";

    /** Of what is refused before it is called. */
    private static final String NOWHERE = "";

    WebhookChannel(Providers providers) {
        super(NAME, providers);
    }

    @Override
    public boolean hasDestinations() {
        return true;
    }

    /** Host and port: what else the address says leads to the same server. */
    @Override
    public String destination(Parcel parcel) {
        try {
            var to = new URI(parcel.recipient());
            return to.getHost() == null ? NOWHERE : to.getHost().toLowerCase(Locale.ROOT) + (to.getPort() < 0 ? "" : ":" + to.getPort());
        } catch (URISyntaxException broken) {
            return NOWHERE;
        }
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
