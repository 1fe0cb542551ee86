package dev.carillon.notification.webhook;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How status events are sent to subscribers. {@code carillon.provider.http} says how their endpoints are called. */
@ConfigMapping(prefix = "carillon.webhooks")
public interface WebhookSettings {

    /** A subscriber who has taken nothing for so long is told nothing more. */
    @WithDefault("P5D")
    Duration giveUpAfter();

    /** How long a secret goes on signing after another one took its place. */
    @WithDefault("P1D")
    Duration rotation();
}
