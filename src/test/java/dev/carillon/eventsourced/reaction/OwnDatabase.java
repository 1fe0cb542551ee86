package dev.carillon.eventsourced.reaction;

import dev.carillon.testing.TestPostgres;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A database for tests that turn the clock: journal time never goes back, so other tests' journal must not be ahead. */
public class OwnDatabase implements QuarkusTestProfile {

    @Override
    public List<TestResourceEntry> testResources() {
        return List.of(new TestResourceEntry(Database.class));
    }

    @Override
    public boolean disableGlobalTestResources() {
        return true;
    }

    /** Makes it on the JVM's server; it goes with the server's data. */
    public static final class Database implements QuarkusTestResourceLifecycleManager {

        @Override
        public Map<String, String> start() {
            var database = TestPostgres.newDatabase(
                    "own_" + UUID.randomUUID().toString().replace("-", ""));
            return Map.of(
                    "quarkus.datasource.reactive.url",
                    database.reactiveUrl(),
                    "quarkus.datasource.jdbc.url",
                    database.jdbcUrl(),
                    "quarkus.datasource.username",
                    database.user(),
                    "quarkus.datasource.password",
                    database.password());
        }

        /** After the JVM's own, whose settings these take the place of. */
        @Override
        public int order() {
            return 1;
        }

        @Override
        public void stop() {}
    }
}
