package dev.carillon.platform.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.Map;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApplicationDatabaseTest {

    @TempDir
    Path place;

    @Test
    void leaves_a_configured_database_alone() {
        // Given
        Config config = config(Map.of(
                "quarkus.datasource.reactive.url", "postgresql://db/shop",
                "quarkus.datasource.jdbc.url", "jdbc:postgresql://db/shop"));

        // When
        Map<String, String> properties = ApplicationDatabase.propertiesFor(config);

        // Then
        assertThat(properties).isEmpty();
    }

    @Test
    void derives_the_jdbc_url_and_the_credentials_in_the_reactive_one() {
        // Given
        Config config = config(Map.of("quarkus.datasource.reactive.url", "postgresql://me:secret@db/shop"));

        // When
        Map<String, String> properties = ApplicationDatabase.propertiesFor(config);

        // Then
        assertThat(properties)
                .containsOnly(
                        Map.entry("quarkus.datasource.jdbc.url", "jdbc:postgresql://db/shop"),
                        Map.entry("quarkus.datasource.username", "me"),
                        Map.entry("quarkus.datasource.password", "secret"));
    }

    @Test
    void derives_the_reactive_url_and_keeps_configured_credentials() {
        // Given
        Config config = config(Map.of(
                "quarkus.datasource.jdbc.url", "jdbc:postgresql://me:secret@db/shop",
                "quarkus.datasource.username", "someone",
                "quarkus.datasource.password", "else"));

        // When
        Map<String, String> properties = ApplicationDatabase.propertiesFor(config);

        // Then
        assertThat(properties).containsOnly(Map.entry("quarkus.datasource.reactive.url", "postgresql://db/shop"));
    }

    @Test
    void follows_a_configuration_that_changed_between_live_reloads() {
        try {
            // Given
            System.setProperty("quarkus.datasource.reactive.url", "postgresql://old/shop");
            ApplicationDatabase.provide();
            System.setProperty("quarkus.datasource.reactive.url", "postgresql://new/shop");

            // When
            ApplicationDatabase.provide();

            // Then
            assertThat(System.getProperty("quarkus.datasource.jdbc.url")).isEqualTo("jdbc:postgresql://new/shop");
        } finally {
            ApplicationDatabase.release();
            System.clearProperty("quarkus.datasource.reactive.url");
            System.clearProperty("quarkus.datasource.jdbc.url");
        }
    }

    @Test
    void reads_the_settings_of_the_embedded_server() {
        // Given
        Config config = config(Map.of(
                "carillon.embedded-postgres.data-dir", "/srv/carillon",
                "carillon.embedded-postgres.port", "5433",
                "carillon.embedded-postgres.binaries-cache", "/srv/cache"));

        // When
        EmbeddedPostgresSettings settings = ApplicationDatabase.settings(config);

        // Then
        assertThat(settings)
                .isEqualTo(
                        new EmbeddedPostgresSettings(Path.of("/srv/carillon"), 5433, Path.of("/srv/cache"), Map.of()));
    }

    @Test
    void keeps_data_below_the_working_directory_unless_told_otherwise() {
        // When
        EmbeddedPostgresSettings settings = ApplicationDatabase.settings(config(Map.of()));

        // Then
        assertThat(settings.dataDir()).isEqualTo(Path.of(".carillon/prod"));
        assertThat(settings.port()).isZero();
    }

    @Test
    void names_the_setting_that_is_wrong() {
        assertThatThrownBy(
                        () -> ApplicationDatabase.settings(config(Map.of("carillon.embedded-postgres.port", "65536"))))
                .hasMessageContaining("carillon.embedded-postgres.port");
        assertThatThrownBy(() -> ApplicationDatabase.settings(config(Map.of("carillon.embedded-postgres.port", "-1"))))
                .hasMessageContaining("carillon.embedded-postgres.port");
        assertThatThrownBy(
                        () -> ApplicationDatabase.settings(config(Map.of("carillon.embedded-postgres.port", "many"))))
                .hasMessageContaining("carillon.embedded-postgres.port");
        assertThatThrownBy(() -> ApplicationDatabase.propertiesFor(
                        config(Map.of("carillon.embedded-postgres.data-dir", "/dev/null/x"))))
                .hasMessageContaining("carillon.embedded-postgres.data-dir");
    }

    @Test
    void the_embedded_database_comes_with_a_key_that_stays_and_only_its_owner_reads() throws Exception {
        // Given
        var files = ServerFiles.in(place.resolve("data"));

        // When
        var key = files.ensureEncryptionKey();

        // Then
        assertThat(Base64.getDecoder().decode(key)).hasSize(32);
        assertThat(ServerFiles.in(place.resolve("data")).ensureEncryptionKey()).isEqualTo(key);
        assertThat(ServerFiles.in(place.resolve("other")).ensureEncryptionKey()).isNotEqualTo(key);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(place.resolve("data/encryption-key"))))
                .isEqualTo("rw-------");
    }

    private static Config config(Map<String, String> values) {
        return new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(values, "test", 100))
                .build();
    }
}
