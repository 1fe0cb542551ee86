package dev.carillon.delivery.endpoint;

import dev.carillon.delivery.Delivery;
import dev.carillon.delivery.ProvidedChannel;
import dev.carillon.delivery.Providers;
import dev.carillon.platform.value.Blank;
import dev.carillon.platform.value.ParsedAddress;
import jakarta.inject.Singleton;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The customer's own endpoint; the address is its URL. */
@Singleton
class WebhookChannel extends ProvidedChannel {

    static final String NAME = "webhook";

    private static final Set<String> SCHEMES = Set.of("https", "http");
    private static final String NO_URL = "must be a URL, such as https://example.com/hook, without a fragment";

    /** The destination of a delivery that is refused before any call. */
    private static final String NOWHERE = "";

    WebhookChannel(Providers providers) {
        super(NAME, providers);
    }

    @Override
    public boolean hasDestinations() {
        return true;
    }

    /** Whether it may be called is seen when it is: names change where they lead. */
    @Override
    public ParsedAddress address(String written) {
        var text = Blank.stripped(written);
        try {
            var to = new URI(text);
            return to.getHost() != null
                            && to.getRawFragment() == null
                            && SCHEMES.contains(String.valueOf(to.getScheme()).toLowerCase(Locale.ROOT))
                    ? new ParsedAddress.Address(text)
                    : new ParsedAddress.None(NO_URL);
        } catch (URISyntaxException broken) {
            return new ParsedAddress.None(NO_URL);
        }
    }

    /** Host and port: what else the address says leads to the same server. */
    @Override
    public String destination(Delivery delivery) {
        try {
            var to = new URI(delivery.recipient());
            return to.getHost() == null
                    ? NOWHERE
                    : to.getHost().toLowerCase(Locale.ROOT) + (to.getPort() < 0 ? "" : ":" + to.getPort());
        } catch (URISyntaxException broken) {
            return NOWHERE;
        }
    }

    @Override
    protected @Nullable String unfit(Delivery delivery) {
        try {
            return new URI(delivery.recipient()).isAbsolute() ? null : "not a URL";
        } catch (URISyntaxException broken) {
            return "not a URL";
        }
    }
}
