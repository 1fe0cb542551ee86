package dev.carillon.notification.recipient;

import dev.carillon.platform.value.Zones;
import io.quarkus.runtime.Startup;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.ZoneId;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** The time zone for a customer: their own if known, else the service's ({@code carillon.time-zone}, default UTC). */
@Startup // a wrong setting stops the start
@ApplicationScoped
public class CustomerZones {

    private final ZoneId otherwise;

    public CustomerZones(@ConfigProperty(name = "carillon.time-zone", defaultValue = "UTC") String otherwise) {
        this.otherwise = Zones.read(otherwise)
                .orElseThrow(() -> new ConfigurationException("carillon.time-zone=" + otherwise + " " + Zones.FORM));
    }

    /** The zone of a customer, also of an unknown one. */
    public ZoneId of(@Nullable Recipient recipient) {
        return recipient == null ? otherwise : recipient.zone().orElse(otherwise);
    }
}
