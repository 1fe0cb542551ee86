package dev.carillon.delivery.email;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/** Email settings that hold for every provider. */
@ConfigMapping(prefix = "carillon.delivery.email")
public interface EmailSettings {

    /** The sender's address of mail, without a name. */
    @WithDefault("${quarkus.mailer.from:}")
    Optional<String> from();

    /** The sender's name of mail. */
    @WithDefault("")
    Optional<String> fromName();

    /** Where replies go. */
    @WithDefault("")
    Optional<String> replyTo();
}
