package dev.carillon.platform.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnprivilegedCommandTest {

    @TempDir
    Path place;

    @Test
    void takes_the_first_prefix_that_works() {
        // Given
        var prefixes = List.of(
                List.of("no-such-program"), List.of("false"), saying("root"), saying("somebody"), saying("nobody"));

        // When
        UnprivilegedCommand chosen = UnprivilegedCommand.firstThatWorks(prefixes);

        // Then
        assertThat(chosen.of(Path.of("postgres"), List.of("-V"))).endsWith("echo somebody", "-", "postgres", "-V");
    }

    @Test
    void explains_what_root_can_do_when_nothing_works() {
        // When
        var attempt = assertThatThrownBy(
                () -> UnprivilegedCommand.firstThatWorks(List.of(List.of("no-such-program"), List.of("false"))));

        // Then
        attempt.isInstanceOf(PostgresStartException.class).hasMessageContaining("refuses to run as root");
    }

    @Test
    void runs_a_server_as_nobody_for_root_without_namespaces() {
        assumeTrue(System.getProperty("user.name").equals("root"), "only root can become nobody");

        // Given
        ServerFiles files = ServerFiles.in(place.resolve("as-nobody"));
        var settings = EmbeddedPostgresSettings.in(files.directory()).withServerSettings(Map.of("fsync", "off"));
        UnprivilegedCommand nobody = UnprivilegedCommand.firstThatWorks(List.of(UnprivilegedCommand.AS_NOBODY));
        var programs = new PgPrograms(PostgresBinaries.unpackedIn(settings.binariesCache()), nobody, files);

        // When
        var server = new ServerStart(settings, files, programs, ServerStart.DEADLINE).findOrStart();

        // Then
        assertThat(server.arrival()).isEqualTo(StartMode.STARTED);
        assertThat(programs.stop().worked()).isTrue();
    }

    /** A prefix that ignores the command and answers like {@code id -un} of that user. */
    private static List<String> saying(String user) {
        return List.of("sh", "-c", "echo " + user, "-");
    }
}
