package dev.carillon.platform.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a real server, killed as the kernel kills when memory is short. */
class SupervisorTest {

    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    static Path place;

    private EmbeddedPostgres postgres;

    @BeforeEach
    void a_supervised_server() throws SQLException {
        postgres = start().keepRunning();
        execute("CREATE TABLE IF NOT EXISTS keepsake AS SELECT 'still here' AS note");
    }

    @AfterEach
    void a_stop_is_a_stop() {
        postgres.close();

        Awaitility.await().atMost(SOON).until(() -> supervisors() == 0);
        assertThat(place.resolve("kept/data/postmaster.pid")).doesNotExist();
    }

    @Test
    void a_killed_server_comes_back_on_its_port_with_all_that_was_committed() {
        kill(postgres.pid());

        Awaitility.await()
                .atMost(SOON)
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(keepsake()).isEqualTo("still here"));
        assertThat(runningPid()).isNotEqualTo(postgres.pid());
    }

    @Test
    void it_comes_back_each_time() {
        for (int times = 0; times < 2; times++) {
            long killed = runningPid();
            kill(killed);

            Awaitility.await()
                    .atMost(SOON)
                    .ignoreExceptions()
                    .untilAsserted(() -> assertThat(keepsake().equals("still here") && runningPid() != killed)
                            .isTrue());
        }
    }

    @Test
    void two_processes_that_share_it_start_it_once_and_the_last_one_out_stops_it() throws Exception {
        HolderProcess other = HolderProcess.supervising(place.resolve("kept"));

        kill(postgres.pid());

        Awaitility.await()
                .atMost(SOON)
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(keepsake()).isEqualTo("still here"));
        long restarted = runningPid();
        other.terminate();
        assertThat(runningPid()).isEqualTo(restarted);
        assertThat(keepsake()).isEqualTo("still here");
    }

    @Test
    void the_one_that_stays_keeps_it_running_when_the_other_has_gone() throws Exception {
        HolderProcess other = HolderProcess.supervising(place.resolve("kept"));
        postgres.close();

        kill(other.serverPid());

        Awaitility.await()
                .atMost(SOON)
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(keepsake()).isEqualTo("still here"));
        other.terminate();
    }

    @Test
    void data_that_is_gone_is_waited_for_and_not_made_anew() throws Exception {
        Path data = place.resolve("kept/data");
        Path elsewhere = place.resolve("elsewhere");
        Files.move(data, elsewhere);
        kill(postgres.pid());
        Awaitility.await()
                .atMost(SOON)
                .until(() -> ProcessHandle.of(postgres.pid())
                        .filter(ProcessHandle::isAlive)
                        .flatMap(process -> process.info().command())
                        .isEmpty());
        assertThat(data).doesNotExist();

        Files.move(elsewhere, data);

        Awaitility.await()
                .atMost(SOON)
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(keepsake()).isEqualTo("still here"));
    }

    private static EmbeddedPostgres start() {
        return EmbeddedPostgres.start(EmbeddedPostgresSettings.in(place.resolve("kept")));
    }

    private static void kill(long pid) {
        assertThat(ProcessHandle.of(pid).orElseThrow().destroyForcibly()).isTrue();
    }

    private static long runningPid() {
        return PostmasterPid.in(place.resolve("kept/data")).orElseThrow().pid();
    }

    private static long supervisors() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("embedded-postgres-supervisor"))
                .count();
    }

    private String keepsake() throws SQLException {
        PostgresAddress address = postgres.address();
        try (var connection = DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password());
                var rows = connection.createStatement().executeQuery("SELECT note FROM keepsake")) {
            rows.next();
            return rows.getString(1);
        }
    }

    private void execute(String statement) throws SQLException {
        PostgresAddress address = postgres.address();
        try (var connection = DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password())) {
            connection.createStatement().execute(statement);
        }
    }
}
