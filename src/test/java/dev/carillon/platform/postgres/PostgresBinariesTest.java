package dev.carillon.platform.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresBinariesTest {

    @TempDir
    Path cache;

    @Test
    void unpacks_once_when_two_ask_at_the_same_time() throws Exception {
        // Given
        Path target = cache.resolve("shared");

        // When
        var one = CompletableFuture.supplyAsync(() -> PostgresBinaries.unpackedIn(target));
        var other = PostgresBinaries.unpackedIn(target);

        // Then
        assertThat(one.get()).isEqualTo(other);
        assertThat(other.program("postgres")).isExecutable();
        try (var found = Files.list(target)) {
            assertThat(found).containsExactly(other.home());
        }
    }

    @Test
    void refuses_a_cache_that_others_may_write_to() throws Exception {
        // Given
        Path open = Files.createDirectory(cache.resolve("open"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));

        // When
        var attempt = assertThatThrownBy(() -> PostgresBinaries.unpackedIn(open));

        // Then
        attempt.isInstanceOf(PostgresStartException.class)
                .hasMessageContaining("carillon.embedded-postgres.binaries-cache")
                .cause()
                .hasMessageContaining("writable by others");
    }

    @Test
    void refuses_a_cache_that_somebody_else_prepared() throws Exception {
        assumeTrue(System.getProperty("user.name").equals("root"), "only root can give a directory away");

        // Given
        Path theirs = Files.createDirectory(cache.resolve("theirs"));
        Files.setOwner(
                theirs, cache.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));

        // When
        var attempt = assertThatThrownBy(() -> PostgresBinaries.unpackedIn(theirs));

        // Then
        attempt.isInstanceOf(PostgresStartException.class).cause().hasMessageContaining("belongs to nobody");
    }

    @Test
    void says_when_this_build_has_nothing_for_the_platform() {
        // When
        var attempt = assertThatThrownBy(() -> PostgresBinaries.unpackedIn(cache, "postgres-plan9-vax.txz"));

        // Then
        attempt.isInstanceOf(PostgresStartException.class).hasMessageContaining("postgres-plan9-vax.txz");
    }

    @Test
    void unpacks_below_the_home_of_a_user_who_has_one() {
        assertThat(PostgresBinaries.cacheOf("/xdg", cache)).isEqualTo(Path.of("/xdg/carillon"));
        assertThat(PostgresBinaries.cacheOf(null, cache)).isEqualTo(cache.resolve(".cache/carillon"));
        assertThat(PostgresBinaries.cacheOf("", cache.resolve("nonexistent")))
                .isEqualTo(
                        Path.of(System.getProperty("java.io.tmpdir"), "carillon-" + System.getProperty("user.name")));
    }

    @Test
    void knows_the_archive_of_each_platform() {
        assertThat(PostgresBinaries.archiveName("Linux", "amd64")).isEqualTo("postgres-linux-x86_64.txz");
        assertThat(PostgresBinaries.archiveName("Linux", "aarch64")).isEqualTo("postgres-linux-arm_64.txz");
        assertThat(PostgresBinaries.archiveName("Mac OS X", "x86_64")).isEqualTo("postgres-darwin-x86_64.txz");
        assertThat(PostgresBinaries.archiveName("Mac OS X", "aarch64")).isEqualTo("postgres-darwin-arm_64.txz");
        assertThat(PostgresBinaries.archiveName("Windows 11", "amd64")).isEqualTo("postgres-windows-x86_64.txz");
        assertThat(PostgresBinaries.archiveName("Linux", "riscv64")).isEqualTo("postgres-linux-riscv64.txz");
    }
}
