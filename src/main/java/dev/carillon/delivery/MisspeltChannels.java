package dev.carillon.delivery;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Stops the start when a setting names a channel that does not exist: it was probably meant for another one. */
@ApplicationScoped
class MisspeltChannels {

    private final Channels channels;
    private final DeliverySettings settings;

    MisspeltChannels(Channels channels, DeliverySettings settings) {
        this.channels = channels;
        this.settings = settings;
    }

    /** Before anything else starts that would have to be stopped again. */
    void refuse(@Observes @Priority(1) StartupEvent starting) {
        settings.channels().keySet().stream()
                .filter(name -> !channels.has(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new IllegalStateException(
                            "carillon.delivery." + name + " configures an unknown channel; known: " + channels.names());
                });
    }
}
