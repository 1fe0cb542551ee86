package dev.carillon.delivery.email;

import dev.carillon.delivery.http.ProviderHttpSettings;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.util.Optional;

/** The account at SendGrid. */
@ConfigMapping(prefix = "carillon.provider.sendgrid")
public interface SendGridSettings extends ProviderHttpSettings {

    /** Where its API is. */
    @WithDefault("https://api.sendgrid.com")
    URI url();

    /** An API key with the right to send mail. */
    @WithDefault("")
    Optional<String> apiKey();

    /** What its event webhook is signed with: the verification key its settings show. Without one its events are not taken. */
    @WithDefault("")
    Optional<String> webhookPublicKey();
}
