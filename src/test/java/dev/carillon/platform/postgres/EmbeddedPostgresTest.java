package dev.carillon.platform.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On real servers; all tests but the ones about spoilt directories go through the life of one data directory. */
class EmbeddedPostgresTest {

    @TempDir
    static Path place;

    static Path dataDir;

    @BeforeAll
    static void keep_something() throws SQLException {
        dataDir = place.resolve("kept");
        try (var postgres = EmbeddedPostgres.start(EmbeddedPostgresSettings.in(dataDir))) {
            execute(postgres, "CREATE TABLE keepsake AS SELECT 'still here' AS note");
        }
    }

    @AfterEach
    void nothing_is_left_running() {
        assertThat(dataDir.resolve("data/postmaster.pid")).doesNotExist();
    }

    @AfterAll
    static void nothing_was_lost() throws SQLException {
        try (var postgres = EmbeddedPostgres.start(EmbeddedPostgresSettings.in(dataDir))) {
            assertThat(query(postgres, "SELECT note FROM keepsake")).isEqualTo("still here");
        }
    }

    @Test
    void starts_a_server_set_up_for_the_service() throws SQLException {
        // When
        try (var postgres = start()) {

            // Then
            assertThat(postgres.arrival()).isEqualTo(StartMode.STARTED);
            assertThat(query(postgres, "SHOW server_version")).startsWith("18.");
            assertThat(query(postgres, "SHOW server_encoding")).isEqualTo("UTF8");
            assertThat(query(postgres, "SELECT datcollate FROM pg_database WHERE datname = current_database()"))
                    .isEqualTo("C");
            assertThat(query(postgres, "SHOW listen_addresses")).isEqualTo("127.0.0.1");
            assertThat(query(postgres, "SHOW max_wal_size")).isEqualTo("4GB");
            assertThat(query(postgres, "SHOW fsync")).isEqualTo("on");
            assertThat(query(postgres, "SHOW synchronous_commit")).isEqualTo("on");
        }
    }

    @Test
    void lets_nobody_in_without_the_password() {
        // Given
        try (var postgres = start()) {
            PostgresAddress address = postgres.address();

            // When
            var attempt =
                    assertThatThrownBy(() -> DriverManager.getConnection(address.jdbcUrl(), address.user(), "guessed"));

            // Then
            attempt.hasMessageContaining("password authentication failed");
            assertThat(dataDir.resolve("password"))
                    .satisfies(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .isEqualTo("rw-------"));
            assertThat(address.toString()).doesNotContain(address.password());
        }
    }

    @Test
    void leaves_no_process_when_the_last_user_closes() {
        // Given
        var postgres = start();

        // When
        postgres.close();

        // Then
        Awaitility.await().until(() -> processIsGone(postgres.pid()));
    }

    @Test
    void is_found_again_by_the_same_jvm() {
        try (var first = start()) {
            // When
            var second = start();
            second.close();

            // Then
            assertThat(second.arrival()).isEqualTo(StartMode.KEPT);
            assertThat(second.address()).isEqualTo(first.address());
            assertThat(dataDir.resolve("data/postmaster.pid")).exists();
        }
    }

    @Test
    void adopts_the_server_of_a_killed_jvm() throws Exception {
        // Given
        HolderProcess other = HolderProcess.on(dataDir);
        other.kill();

        // When
        try (var postgres = start()) {

            // Then
            assertThat(postgres.arrival()).isEqualTo(StartMode.ADOPTED);
            assertThat(postgres.pid()).isEqualTo(other.serverPid());
        }
    }

    @Test
    void is_stopped_by_the_last_of_two_jvms() throws Exception {
        // Given
        HolderProcess other = HolderProcess.on(dataDir);
        var postgres = start();

        // When
        postgres.close();

        // Then
        assertThat(other.arrival()).isEqualTo(StartMode.STARTED);
        assertThat(postgres.arrival()).isEqualTo(StartMode.ADOPTED);
        assertThat(query(postgres, "SELECT 1")).isEqualTo("1");
        other.endInput();
        Awaitility.await().until(() -> processIsGone(other.serverPid()));
    }

    @Test
    void is_stopped_when_its_only_jvm_is_told_to_end() throws Exception {
        // Given
        HolderProcess other = HolderProcess.on(dataDir);

        // When
        other.terminate();

        // Then
        Awaitility.await().until(() -> processIsGone(other.serverPid()));
    }

    @Test
    void replaces_a_server_that_died_on_the_same_port() throws Exception {
        // Given
        HolderProcess other = HolderProcess.on(dataDir);
        int port = PostmasterPid.in(dataDir.toRealPath().resolve("data"))
                .orElseThrow()
                .port();
        other.kill();
        kill(other.serverPid());

        // When
        try (var postgres = start()) {

            // Then
            assertThat(postgres.arrival()).isEqualTo(StartMode.REPLACED);
            assertThat(postgres.address().port()).isEqualTo(port);
        }
    }

    @Test
    void is_not_fooled_by_a_stranger_with_the_dead_servers_number() throws Exception {
        // Given
        HolderProcess other = HolderProcess.on(dataDir);
        other.kill();
        kill(other.serverPid());
        Path pidFile = dataDir.resolve("data/postmaster.pid");
        List<String> lines = Files.readAllLines(pidFile);
        lines.set(0, Long.toString(ProcessHandle.current().pid()));
        Files.write(pidFile, lines);

        // When
        try (var postgres = start()) {

            // Then
            assertThat(postgres.arrival()).isEqualTo(StartMode.REPLACED);
        }
    }

    @Test
    void does_not_adopt_the_original_of_a_copied_directory() throws Exception {
        // Given
        Path copy = place.resolve("copy");
        try (var original = start()) {
            copy(dataDir, copy);

            // When
            try (var postgres = EmbeddedPostgres.start(EmbeddedPostgresSettings.in(copy))) {

                // Then
                assertThat(postgres.pid()).isNotEqualTo(original.pid());
                assertThat(query(postgres, "SHOW data_directory"))
                        .isEqualTo(copy.toRealPath().resolve("data").toString());
            }
        }
    }

    @Test
    void begins_anew_where_a_first_start_died_half_way() throws Exception {
        // Given
        Path spoilt = place.resolve("half-made");
        Files.createDirectories(spoilt.resolve("data.unfinished/base"));
        Files.writeString(spoilt.resolve("data.unfinished/PG_VERSION"), "18\n");
        var settings =
                EmbeddedPostgresSettings.in(spoilt).withServerSettings(Map.of("fsync", "off", "work_mem", "5MB"));

        // When
        try (var postgres = EmbeddedPostgres.start(settings)) {

            // Then
            assertThat(query(postgres, "SHOW work_mem")).isEqualTo("5MB");
            assertThat(spoilt.resolve("data.unfinished")).doesNotExist();
        }
    }

    @Test
    void says_what_the_server_said_when_it_does_not_start() throws Exception {
        // Given
        Path version = dataDir.resolve("data/PG_VERSION");
        Files.writeString(version, "12\n");

        // When
        var attempt = assertThatThrownBy(this::start);

        // Then
        Files.writeString(version, "18\n");
        attempt.isInstanceOf(PostgresStartException.class)
                .hasMessageContaining(dataDir.toString())
                .hasMessageContaining("initialized by PostgreSQL version 12");
    }

    @Test
    void names_the_file_when_the_password_is_gone() throws Exception {
        // Given
        Path password = dataDir.resolve("password");
        Path elsewhere = dataDir.resolve("password.away");
        Files.move(password, elsewhere);

        // When
        var attempt = assertThatThrownBy(this::start);

        // Then
        Files.move(elsewhere, password);
        attempt.isInstanceOf(PostgresStartException.class).hasMessageContaining(password.toString());
        // the server itself came up; the next user takes it over and stops it
        start().close();
    }

    @Test
    void names_the_setting_when_the_wanted_port_is_taken() throws Exception {
        // Given
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var settings = EmbeddedPostgresSettings.in(dataDir).withPort(taken.getLocalPort());

            // When
            var attempt = assertThatThrownBy(() -> EmbeddedPostgres.start(settings));

            // Then
            attempt.isInstanceOf(PostgresStartException.class)
                    .hasMessageContaining("carillon.embedded-postgres.port " + taken.getLocalPort() + " is taken");
        }
    }

    @Test
    void gives_up_on_a_server_that_lets_nobody_in() throws Exception {
        // Given
        ServerFiles files = ServerFiles.in(dataDir);
        var settings = EmbeddedPostgresSettings.in(dataDir);
        var programs = new PgPrograms(
                PostgresBinaries.unpackedIn(settings.binariesCache()), UnprivilegedCommand.forThisUser(), files);
        Path pidFile = files.data().resolve("postmaster.pid");
        try (var postgres = start()) {
            List<String> lines = Files.readAllLines(pidFile);
            Files.write(pidFile, lines.subList(0, 3));

            // When
            var attempt = assertThatThrownBy(
                    () -> new ServerStart(settings, files, programs, Duration.ofMillis(100)).findOrStart());

            // Then
            Files.write(pidFile, lines);
            attempt.isInstanceOf(PostgresStartException.class)
                    .hasMessageContaining("Stopped waiting")
                    .hasMessageContaining(Long.toString(postgres.pid()));
        }
    }

    @Test
    void refuses_a_server_setting_that_would_escape_its_quotes() {
        // When
        var attempt = assertThatThrownBy(() -> EmbeddedPostgres.start(
                EmbeddedPostgresSettings.in(dataDir).withServerSettings(Map.of("work_mem", "5MB\"; true \""))));

        // Then
        attempt.isInstanceOf(PostgresStartException.class).hasMessageContaining("quotes");
    }

    @Test
    void says_why_there_is_no_data() throws Exception {
        // Given
        Path spoilt = Files.createDirectories(place.resolve("empty-password"));
        Files.createFile(spoilt.resolve("password"));

        // When
        var attempt = assertThatThrownBy(() -> EmbeddedPostgres.start(EmbeddedPostgresSettings.in(spoilt)));

        // Then
        attempt.isInstanceOf(PostgresStartException.class)
                .hasMessageContaining("Cannot make a database")
                .hasMessageContaining("password file");
        assertThat(spoilt.resolve("data")).doesNotExist();
    }

    @Test
    void names_the_lock_that_cannot_be_had() throws Exception {
        for (String lock : List.of("change.lock", "users.lock")) {
            // Given
            Path spoilt = Files.createDirectories(place.resolve("without-" + lock));
            Files.createDirectory(spoilt.resolve(lock));

            // When
            var attempt = assertThatThrownBy(() -> EmbeddedPostgres.start(EmbeddedPostgresSettings.in(spoilt)));

            // Then
            attempt.isInstanceOf(PostgresStartException.class).hasMessageContaining(lock);
        }
    }

    private EmbeddedPostgres start() {
        return EmbeddedPostgres.start(EmbeddedPostgresSettings.in(dataDir));
    }

    private static void kill(long pid) throws Exception {
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
        Awaitility.await().until(() -> processIsGone(pid));
    }

    /** Or a zombie: nobody may be there to reap it. */
    private static boolean processIsGone(long pid) {
        return ProcessHandle.of(pid)
                .flatMap(process -> process.info().command())
                .isEmpty();
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var found = Files.walk(from)) {
            for (Path path : found.sorted(Comparator.naturalOrder()).toList()) {
                Files.copy(path, to.resolve(from.relativize(path)), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    private static void execute(EmbeddedPostgres postgres, String sql) throws SQLException {
        PostgresAddress address = postgres.address();
        try (var connection = DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password());
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String query(EmbeddedPostgres postgres, String sql) throws SQLException {
        PostgresAddress address = postgres.address();
        try (var connection = DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password());
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
