package dev.carillon.notification.recipient;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.PositiveOrZero;

/** How recipients are cached and loaded. */
@ConfigMapping(prefix = "carillon.recipients")
public interface RecipientSettings {

    /** How many recipients are cached, for five minutes at most; 0 for none. */
    @WithDefault("10000")
    @PositiveOrZero
    int remembered();
}
