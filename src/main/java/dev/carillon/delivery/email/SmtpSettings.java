package dev.carillon.delivery.email;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;

/** A mail server; its host and our credentials are set under {@code quarkus.mailer}. */
@ConfigMapping(prefix = "carillon.provider.smtp")
public interface SmtpSettings {

    /** How long one attempt may take. */
    @DurationMin(millis = 1)
    @WithDefault("PT15S")
    Duration timeout();
}
