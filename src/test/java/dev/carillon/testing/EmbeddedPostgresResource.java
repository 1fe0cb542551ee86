package dev.carillon.testing;

import dev.carillon.platform.postgres.PostgresAddress;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/**
 * Gives every {@code @QuarkusTest} the JVM's {@link TestPostgres}, without an annotation: it is registered as a service, in
 * {@code META-INF/services}.
 */
public final class EmbeddedPostgresResource implements QuarkusTestResourceLifecycleManager {

    @Override
    public Map<String, String> start() {
        PostgresAddress address = TestPostgres.address();
        return Map.of(
                "quarkus.datasource.reactive.url", address.reactiveUrl(),
                "quarkus.datasource.jdbc.url", address.jdbcUrl(),
                "quarkus.datasource.username", address.user(),
                "quarkus.datasource.password", address.password());
    }

    /** The server goes with the JVM: another test profile may start the application again. */
    @Override
    public void stop() {}
}
