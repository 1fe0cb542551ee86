package dev.carillon.delivery.slack;

import dev.carillon.delivery.httpclient.ProviderHttpSettings;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.util.Optional;

/** The app at Slack. */
@ConfigMapping(prefix = "carillon.provider.slack")
public interface SlackSettings extends ProviderHttpSettings {

    /** Where its API is. */
    @WithDefault("https://slack.com")
    URI url();

    /** The bot's token ({@code xoxb-…}). */
    @WithDefault("")
    Optional<String> token();
}
