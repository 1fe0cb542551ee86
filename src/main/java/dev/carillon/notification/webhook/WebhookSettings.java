package dev.carillon.notification.webhook;

import dev.carillon.platform.settings.Bounded;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How status events are sent to subscribers. {@code carillon.provider.http} says how their endpoints are called. */
@ConfigMapping(prefix = "carillon.webhooks")
public interface WebhookSettings {

    /** A subscriber who has accepted nothing for this long is disabled. */
    @WithDefault("P5D")
    @WithConverter(Bounded.Period.class)
    Duration giveUpAfter();

    /** How long an old secret still signs after a new one has replaced it. */
    @WithDefault("P1D")
    Duration rotation();
}
