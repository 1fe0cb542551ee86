package dev.carillon.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.platform.postgres.PostgresAddress;
import dev.carillon.testing.PackagedService;
import dev.carillon.testing.PackagedTest;
import dev.carillon.testing.TestPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged service as a process, with and without a database of its own. */
@PackagedTest
class MainIT {

    private static final int ENDED_BY_SIGTERM = 143;
    private static final Pattern ADOPTED =
            Pattern.compile("adopted the PostgreSQL already running in \\S+ \\(pid (\\d+)\\)");

    @TempDir
    Path place;

    @Test
    void brings_its_own_database_and_takes_it_along_when_told_to_end() throws Exception {
        // Given
        var service = PackagedService.launch(place, Map.of()).awaitStarted();
        Path postmasterPid = place.resolve(".carillon/prod/data/postmaster.pid");
        long server = Long.parseLong(Files.readAllLines(postmasterPid).get(0));

        // When
        int exitCode = service.terminate();

        // Then
        assertThat(exitCode).isEqualTo(ENDED_BY_SIGTERM);
        assertThat(service.output())
                .contains("started PostgreSQL 18.")
                .contains("stopped in")
                .doesNotContain("\"ERROR\"", "Exception", "terminating connection", "was not stopped");
        assertThat(postmasterPid).doesNotExist();
        Awaitility.await().until(() -> isGone(server));
    }

    @Test
    void adopts_the_database_of_a_killed_service_and_logs_as_it_is_told() throws Exception {
        // Given
        var data = place.resolve("data").toString();
        var killed = PackagedService.launchUncovered(
                        place.resolve("first"), Map.of("CARILLON_EMBEDDED_POSTGRES_DATA_DIR", data))
                .awaitStarted();
        killed.kill();

        // When
        var service = PackagedService.launch(
                        place.resolve("second"),
                        Map.of("CARILLON_EMBEDDED_POSTGRES_DATA_DIR", data, "CARILLON_LOG_JSON", "false"))
                .awaitStarted();
        service.terminate();

        // Then
        Matcher adopted = ADOPTED.matcher(service.output());
        assertThat(adopted.find()).isTrue();
        Awaitility.await().until(() -> isGone(Long.parseLong(adopted.group(1))));
        assertThat(killed.output()).contains("{\"timestamp\":");
        assertThat(service.output()).doesNotContain("{\"timestamp\":");
    }

    @Test
    void uses_the_configured_database_and_derives_the_other_url() throws Exception {
        // Given
        PostgresAddress database = TestPostgres.newDatabase("configured");

        // When
        var service = PackagedService.launch(
                        place,
                        Map.of(
                                "QUARKUS_DATASOURCE_JDBC_URL", database.jdbcUrl(),
                                "QUARKUS_DATASOURCE_USERNAME", database.user(),
                                "QUARKUS_DATASOURCE_PASSWORD", database.password()))
                .awaitStarted();
        service.terminate();

        // Then
        assertThat(service.output()).doesNotContain("started PostgreSQL").doesNotContain("\"ERROR\"");
        assertThat(place.resolve(".carillon")).doesNotExist();
    }

    @Test
    void stops_its_database_when_the_start_fails() throws Exception {
        // Given
        var settings = Map.of("QUARKUS_HTTP_HOST", "192.0.2.1");

        // When
        var service = PackagedService.launch(place, settings);
        int exitCode = service.awaitExit();

        // Then
        assertThat(exitCode).isEqualTo(1);
        assertThat(service.output()).contains("192.0.2.1");
        assertThat(place.resolve(".carillon/prod/data/postmaster.pid")).doesNotExist();
    }

    @Test
    void names_the_setting_that_keeps_it_from_starting() throws Exception {
        // When
        var service = PackagedService.launch(place, Map.of("CARILLON_EMBEDDED_POSTGRES_PORT", "70000"));
        int exitCode = service.awaitExit();

        // Then
        assertThat(exitCode).isEqualTo(1);
        assertThat(service.output())
                .contains("carillon.embedded-postgres.port must be between 0 and 65535 but is 70000");
    }

    private static boolean isGone(long pid) {
        return ProcessHandle.of(pid)
                .flatMap(process -> process.info().command())
                .isEmpty();
    }
}
