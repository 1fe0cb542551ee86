package dev.carillon.platform.health;

import dev.carillon.platform.sql.PgPing;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

import java.time.Duration;

/** Ready means that the database answers. */
@Readiness
@ApplicationScoped
class DatabaseReady implements AsyncHealthCheck {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final PgPing ping;

    DatabaseReady(PgPing ping) {
        this.ping = ping;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return ping.answer().ifNoItem().after(PATIENCE).fail()
                .map(answered -> HealthCheckResponse.up("database"))
                .onFailure().recoverWithItem(HealthCheckResponse.down("database"));
    }
}
