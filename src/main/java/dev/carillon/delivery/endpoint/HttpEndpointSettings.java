package dev.carillon.delivery.endpoint;

import dev.carillon.delivery.httpclient.ProviderHttpSettings;
import dev.carillon.delivery.httpclient.PublicDestination.OutgoingRules;
import dev.carillon.platform.settings.Bounded;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Calls to customers' endpoints. */
@ConfigMapping(prefix = "carillon.provider.http")
public interface HttpEndpointSettings extends ProviderHttpSettings {

    @Override
    @WithConverter(Bounded.Period.class)
    @WithDefault("PT15S")
    Duration timeout();

    /**
     * The secrets that sign calls ({@code whsec_…}); two while one replaces the other. Without one, calls are not
     * signed.
     */
    Optional<List<String>> secrets();

    /** Whether endpoints without TLS may be called. */
    @WithDefault("false")
    boolean plainHttp();

    /** The ports that may be called. */
    @WithDefault("443")
    Set<Integer> ports();

    /** Networks that may be called although they are not public, such as {@code 10.1.0.0/16}. */
    Optional<List<String>> openNetworks();

    /** Which outgoing calls are allowed. */
    default OutgoingRules rules() {
        return new OutgoingRules(plainHttp(), ports(), openNetworks().orElse(List.of()));
    }
}
