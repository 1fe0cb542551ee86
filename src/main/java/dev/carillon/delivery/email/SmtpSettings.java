package dev.carillon.delivery.email;

import dev.carillon.platform.settings.Bounded;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** A mail server; its host and our credentials are set under {@code quarkus.mailer}. */
@ConfigMapping(prefix = "carillon.provider.smtp")
public interface SmtpSettings {

    /** How long one attempt may take. */
    @WithConverter(Bounded.Period.class)
    @WithDefault("PT15S")
    Duration timeout();
}
