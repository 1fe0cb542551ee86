package dev.carillon.testing;

import dev.carillon.platform.postgres.EmbeddedPostgres;
import dev.carillon.platform.postgres.EmbeddedPostgresSettings;
import dev.carillon.platform.postgres.PostgresAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.Map;
import java.util.UUID;

/**
 * The one PostgreSQL of a test JVM, on fresh data below {@code target}, started when first asked for. Its sessions live in
 * Kathmandu, so that nothing passes only because the server, the JVM and the writer of a test share a time zone.
 */
public final class TestPostgres {

    private static final Path PLACE = Path.of("target", "test-postgres");

    /** Class loaders come and go during a test run, and two ask at once; asking again must find the same server. */
    private static final String DATA_DIR = "carillon.test-postgres.data-dir";

    private static final Map<String, String> SERVER_SETTINGS = Map.of(
            "timezone", "Asia/Kathmandu",
            // a test run does not survive a power cut anyway
            "fsync", "off",
            "full_page_writes", "off",
            // several replicas of several tests at once
            "max_connections", "300");

    private TestPostgres() {}

    public static synchronized PostgresAddress address() {
        Path dataDir = Path.of((String) System.getProperties().computeIfAbsent(DATA_DIR, none -> {
            removeWhatEarlierRunsLeft();
            return PLACE.resolve(UUID.randomUUID().toString()).toString();
        }));
        return EmbeddedPostgres.start(EmbeddedPostgresSettings.in(dataDir).withServerSettings(SERVER_SETTINGS))
                .address();
    }

    /** An empty database beside the one that tests of the application share; it goes with the server's data. */
    public static PostgresAddress newDatabase(String name) {
        var server = address();
        try (var connection = DriverManager.getConnection(server.jdbcUrl(), server.user(), server.password());
                var statement = connection.createStatement()) {
            statement.execute("create database " + name);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return new PostgresAddress(server.host(), server.port(), name, server.user(), server.password());
    }

    private static void removeWhatEarlierRunsLeft() {
        if (!Files.isDirectory(PLACE)) {
            return;
        }
        try (var earlier = Files.list(PLACE)) {
            for (Path dataDir : earlier.toList()) {
                removeUnlessUsed(dataDir);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every JVM that uses a server holds a share of this lock. */
    private static void removeUnlessUsed(Path dataDir) throws IOException {
        try (var channel =
                FileChannel.open(dataDir.resolve("users.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            if (channel.tryLock() == null) {
                return;
            }
            try (var found = Files.walk(dataDir)) {
                for (Path path : found.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }
}
