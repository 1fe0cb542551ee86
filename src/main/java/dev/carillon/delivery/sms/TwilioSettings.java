package dev.carillon.delivery.sms;

import dev.carillon.delivery.httpclient.ProviderHttpSettings;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.util.Optional;

/** The account at Twilio. */
@ConfigMapping(prefix = "carillon.provider.twilio")
public interface TwilioSettings extends ProviderHttpSettings {

    /** The base URL of its API. */
    @WithDefault("https://api.twilio.com")
    URI url();

    /** The account's SID ({@code AC…}). */
    @WithDefault("")
    Optional<String> accountSid();

    /** The account's token, or the secret of the API key. */
    @WithDefault("")
    Optional<String> authToken();

    /** The SID of an API key ({@code SK…}), if {@code auth-token} is the secret of one. */
    @WithDefault("")
    Optional<String> apiKeySid();

    /** The number messages are sent from; set either this or {@code messaging-service-sid}. */
    @WithDefault("")
    Optional<String> from();

    /** The messaging service that picks the number ({@code MG…}). */
    @WithDefault("")
    Optional<String> messagingServiceSid();

    /** The URL for Twilio's status callbacks: our {@code /api/v1/callbacks/twilio} as Twilio reaches it. */
    @WithDefault("")
    Optional<URI> statusCallback();

    /** The account's token that signs its callbacks, if {@code auth-token} is the secret of an API key. */
    @WithDefault("")
    Optional<String> webhookToken();
}
