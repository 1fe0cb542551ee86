package dev.carillon.delivery.sms;

import dev.carillon.delivery.http.ProviderHttpSettings;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.util.Optional;

/** The account at Twilio. */
@ConfigMapping(prefix = "carillon.provider.twilio")
public interface TwilioSettings extends ProviderHttpSettings {

    /** Where its API is. */
    @WithDefault("https://api.twilio.com")
    URI url();

    /** The account's SID ({@code AC…}). */
    @WithDefault("")
    Optional<String> accountSid();

    /** The account's token, or the secret of the API key. */
    @WithDefault("")
    Optional<String> authToken();

    /** The SID of an API key ({@code SK…}), when {@code auth-token} is the secret of one. */
    @WithDefault("")
    Optional<String> apiKeySid();

    /** The number messages come from; either this or {@code messaging-service-sid}. */
    @WithDefault("")
    Optional<String> from();

    /** The messaging service that picks the number ({@code MG…}). */
    @WithDefault("")
    Optional<String> messagingServiceSid();

    /** Where Twilio tells what became of a message: our {@code /api/v1/callbacks/twilio} as Twilio reaches it. */
    @WithDefault("")
    Optional<URI> statusCallback();

    /** What its callbacks are signed with: the account's token, where {@code auth-token} is the secret of an API key. */
    @WithDefault("")
    Optional<String> webhookToken();
}
