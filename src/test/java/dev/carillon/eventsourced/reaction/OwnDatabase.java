package dev.carillon.eventsourced.reaction;

import dev.carillon.testing.TestPostgres;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.sql.DriverManager;
import java.sql.SQLException;
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
            var server = TestPostgres.address();
            var name = "own_" + UUID.randomUUID().toString().replace("-", "");
            try (var connection = DriverManager.getConnection(server.jdbcUrl(), server.user(), server.password());
                    var statement = connection.createStatement()) {
                statement.execute("create database " + name);
            } catch (SQLException impossible) {
                throw new IllegalStateException(impossible);
            }
            var url = "postgresql://" + server.host() + ":" + server.port() + "/" + name;
            return Map.of(
                    "quarkus.datasource.reactive.url",
                    url,
                    "quarkus.datasource.jdbc.url",
                    "jdbc:" + url,
                    "quarkus.datasource.username",
                    server.user(),
                    "quarkus.datasource.password",
                    server.password());
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
