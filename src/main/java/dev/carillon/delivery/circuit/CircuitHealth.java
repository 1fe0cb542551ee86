package dev.carillon.delivery.circuit;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Reports open circuits in the health check. A provider's trouble never makes the service unready. */
@Readiness
@ApplicationScoped
class CircuitHealth implements HealthCheck {

    private final Circuits circuits;

    CircuitHealth(Circuits circuits) {
        this.circuits = circuits;
    }

    @Override
    public HealthCheckResponse call() {
        var answer = HealthCheckResponse.named("circuits").up();
        circuits.states().forEach(answer::withData);
        return answer.build();
    }
}
