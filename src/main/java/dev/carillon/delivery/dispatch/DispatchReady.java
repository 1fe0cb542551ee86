package dev.carillon.delivery.dispatch;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** The dispatch readiness check: up when every verticle is deployed. */
@Readiness
@ApplicationScoped
class DispatchReady implements HealthCheck {

    private final Dispatch dispatch;

    DispatchReady(Dispatch dispatch) {
        this.dispatch = dispatch;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("dispatch-verticles")
                .status(dispatch.deployed())
                .build();
    }
}
