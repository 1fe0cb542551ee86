package dev.carillon.testing;

import dev.carillon.platform.postgres.EmbeddedPostgres;
import dev.carillon.platform.postgres.EmbeddedPostgresSettings;
import dev.carillon.platform.postgres.PostgresAddress;
import java.nio.file.Path;
import java.util.Map;

/**
 * The one PostgreSQL of a test JVM, on fresh data below {@code target}, started when first asked for. Its sessions live in
 * Kathmandu, so that nothing passes only because the server, the JVM and the writer of a test share a time zone.
 */
public final class TestPostgres {

    private static final Map<String, String> SERVER_SETTINGS = Map.of(
            "timezone", "Asia/Kathmandu",
            // a test run does not survive a power cut anyway
            "fsync", "off");

    private TestPostgres() {
    }

    /** Class loaders come and go during a test run; the directory is named after the JVM, and asking again finds the server. */
    public static PostgresAddress address() {
        Path dataDir = Path.of("target", "test-postgres", Long.toString(ProcessHandle.current().pid()));
        return EmbeddedPostgres.start(EmbeddedPostgresSettings.in(dataDir).withServerSettings(SERVER_SETTINGS)).address();
    }
}
