package dev.carillon.notification.recipient;

import dev.carillon.notification.template.LocaleTag;
import io.quarkus.runtime.Startup;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The language for a customer: their own if known, else the service's ({@code carillon.locale}, default en). */
@Startup // a wrong setting stops the start
@ApplicationScoped
public class CustomerLocales {

    private final Locale otherwise;

    public CustomerLocales(@ConfigProperty(name = "carillon.locale", defaultValue = "en") String otherwise) {
        this.otherwise = LocaleTag.read(otherwise)
                .orElseThrow(() -> new ConfigurationException(
                        "carillon.locale=" + otherwise + " is no language tag such as en or de-AT"));
    }

    public Locale of(Recipient recipient) {
        return recipient.locale().orElse(otherwise);
    }

    /** For a customer who may no longer be known. */
    public Locale of(Optional<Recipient> recipient) {
        return recipient.map(this::of).orElse(otherwise);
    }
}
