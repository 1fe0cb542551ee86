package dev.carillon.notification.webhook;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How subscribers are told of statuses. How they are called is {@code carillon.provider.http}. */
@ConfigMapping(prefix = "carillon.webhooks")
public interface WebhookSettings {

    /** A subscriber who has taken nothing for so long is told nothing more. */
    @WithDefault("P5D")
    Duration giveUpAfter();

    /** How long a secret goes on signing after another one took its place. */
    @WithDefault("P1D")
    Duration rotation();
}
