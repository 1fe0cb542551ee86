package dev.carillon.platform.telemetry;

import dev.carillon.platform.sql.PgFailures;
import dev.carillon.platform.sql.PgPing;
import dev.carillon.platform.sql.WriteRefusals;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * The database readiness check: the database answers and takes writes. It is down while the disk is full or the
 * database is read only.
 */
@Readiness
@ApplicationScoped
class DatabaseReady implements AsyncHealthCheck {

    private static final String DATABASE = "database";
    private static final Duration DEADLINE = Duration.ofSeconds(2);

    private final PgPing ping;
    private final WriteRefusals refusals;

    DatabaseReady(PgPing ping, WriteRefusals refusals) {
        this.ping = ping;
        this.refusals = refusals;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return ping.takesWrites()
                .ifNoItem()
                .after(DEADLINE)
                .fail()
                .map(takesWrites -> !takesWrites
                        ? down("it is set to read only")
                        : refusals.areRecent()
                                ? down("a moment ago it could not write something down")
                                : HealthCheckResponse.up(DATABASE))
                .onFailure()
                .recoverWithItem(failure ->
                        down(PgFailures.saysItCannotWrite(failure) ? "its disk is full" : "it does not answer"));
    }

    private static HealthCheckResponse down(String why) {
        return HealthCheckResponse.named(DATABASE)
                .down()
                .withData("reason", why)
                .build();
    }
}
