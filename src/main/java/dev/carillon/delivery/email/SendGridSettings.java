package dev.carillon.delivery.email;

import dev.carillon.delivery.httpclient.ProviderHttpSettings;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.util.Optional;

/** The account at SendGrid. */
@ConfigMapping(prefix = "carillon.provider.sendgrid")
public interface SendGridSettings extends ProviderHttpSettings {

    /** The base URL of its API. */
    @WithDefault("https://api.sendgrid.com")
    URI url();

    /** An API key with the right to send mail. */
    @WithDefault("")
    Optional<String> apiKey();

    /** The verification key of its event webhook, as its settings show it. Without it, its events are refused. */
    @WithDefault("")
    Optional<String> webhookPublicKey();
}
