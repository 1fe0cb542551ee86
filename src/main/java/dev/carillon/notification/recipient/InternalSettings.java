package dev.carillon.notification.recipient;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/** Where internal notifications go. */
@ConfigMapping(prefix = "carillon.internal")
public interface InternalSettings {

    /** The email address; the default reaches nobody and only shows what would be sent. */
    @WithDefault("alerts@carillon.invalid")
    Optional<String> email();

    /** The phone number for text messages. */
    Optional<String> phone();
}
