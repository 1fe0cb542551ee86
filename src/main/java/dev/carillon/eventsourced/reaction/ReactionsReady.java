package dev.carillon.eventsourced.reaction;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** The reaction readiness check: up when every verticle is deployed. */
@Readiness
@ApplicationScoped
class ReactionsReady implements HealthCheck {

    private final Reactions reactions;

    ReactionsReady(Reactions reactions) {
        this.reactions = reactions;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("reaction-verticles")
                .status(reactions.deployed())
                .build();
    }
}
