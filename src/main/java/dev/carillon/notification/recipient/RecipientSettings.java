package dev.carillon.notification.recipient;

import dev.carillon.platform.settings.Bounded;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;

/** How recipients are cached and loaded. */
@ConfigMapping(prefix = "carillon.recipients")
public interface RecipientSettings {

    /** How many recipients are cached, for five minutes at most; 0 for none. */
    @WithDefault("10000")
    @WithConverter(Bounded.CountOrNone.class)
    int remembered();
}
