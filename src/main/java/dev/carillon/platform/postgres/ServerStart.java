package dev.carillon.platform.postgres;

import dev.carillon.platform.postgres.PgPrograms.ProgramResult;
import dev.carillon.platform.postgres.ServerProbe.ProbeAnswer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Makes sure that a data directory's server runs, whatever state it is in. Call it only in {@link ServerFiles#whileChanging}.
 */
final class ServerStart {

    /**
     * A running server.
     *
     * @param version as in {@code 18.1}
     * @param pid the postmaster's process number
     */
    record RunningServer(StartMode arrival, PostgresAddress address, String version, long pid) {

        RunningServer withArrival(StartMode other) {
            return new RunningServer(other, address, version, pid);
        }
    }

    /** How long a dying server may take to go, and a starting one to let us in. */
    static final Duration DEADLINE = Duration.ofSeconds(60);

    private static final long PAUSE_MILLIS = 50;

    private static final Map<String, String> SETTINGS = Map.ofEntries(
            Map.entry("listen_addresses", "127.0.0.1"),
            Map.entry("unix_socket_directories", ""),
            Map.entry("max_connections", "100"),
            Map.entry("shared_buffers", "256MB"),
            Map.entry("max_wal_size", "4GB"),
            Map.entry("checkpoint_timeout", "15min"),
            Map.entry("autovacuum_naptime", "10s"),
            Map.entry(
                    "scram_iterations",
                    "4096"), // of passwords that people choose; ours has its own number since initdb
            Map.entry("synchronous_commit", "on"),
            Map.entry("fsync", "on"),
            Map.entry("log_checkpoints", "off"),
            Map.entry("timezone", "UTC"),
            Map.entry("log_timezone", "UTC"));

    private final EmbeddedPostgresSettings settings;
    private final ServerFiles files;
    private final PgPrograms programs;
    private final Duration within;
    private final long giveUpAt;

    ServerStart(EmbeddedPostgresSettings settings, ServerFiles files, PgPrograms programs, Duration within) {
        this.settings = settings;
        this.files = files;
        this.programs = programs;
        this.within = within;
        this.giveUpAt = System.nanoTime() + within.toNanos();
    }

    RunningServer findOrStart() {
        makeDataUnlessThere();
        var probe = new ServerProbe(files);
        var arrival = StartMode.ADOPTED;
        int lastPort = 0;
        while (true) {
            Optional<PostmasterPid> postmaster = PostmasterPid.in(files.data());
            if (postmaster.isPresent()) {
                PostmasterPid found = postmaster.get();
                ProbeAnswer answer = probe.ask(found.port());
                if (answer instanceof ProbeAnswer.Ready ready) {
                    return new RunningServer(arrival, ready.address(), ready.version(), found.pid());
                }
                if (answer instanceof ProbeAnswer.NotNow || found.processIsThisServer()) {
                    pauseOrGiveUp(
                            "process " + found.pid() + " of " + found.file() + " does not let anybody in: " + answer);
                    continue;
                }
                found.disown();
                arrival = StartMode.REPLACED;
                lastPort = found.port();
            }
            if (start(lastPort) && arrival == StartMode.ADOPTED) {
                arrival = StartMode.STARTED;
            }
        }
    }

    private boolean start(int lastPort) {
        Map<String, String> all = new HashMap<>(SETTINGS);
        all.putAll(settings.serverSettings());
        all.put("port", Integer.toString(settings.port() != 0 ? settings.port() : freePort(lastPort)));
        ProgramResult outcome = programs.start(all);
        if (outcome.worked()) {
            return true;
        }
        if (settings.port() != 0 && outcome.portIsTaken()) {
            throw new PostgresStartException(
                    EmbeddedPostgresSettings.PORT + " " + settings.port() + " is taken: " + outcome.said());
        }
        if (!outcome.predecessorLingers() && !outcome.portIsTaken()) {
            throw new PostgresStartException(
                    "PostgreSQL does not start in " + files.directory() + ": " + outcome.said());
        }
        pauseOrGiveUp(outcome.said());
        return false;
    }

    /** Data appears by a rename, so a start that died half-way leaves none. */
    private void makeDataUnlessThere() {
        if (Files.isDirectory(files.data())) {
            return;
        }
        try {
            TarXz.delete(files.unfinishedData());
            files.writePasswordUnlessThere();
            boolean durable = !"off".equals(settings.serverSettings().get("fsync"));
            ProgramResult outcome = programs.initdb(files.unfinishedData(), durable);
            if (!outcome.worked()) {
                throw new PostgresStartException(
                        "Cannot make a database in " + files.directory() + ": " + outcome.said());
            }
            Files.move(files.unfinishedData(), files.data());
        } catch (IOException e) {
            throw new PostgresStartException("Cannot make a database in " + files.directory(), e);
        }
    }

    private void pauseOrGiveUp(String why) {
        if (System.nanoTime() - giveUpAt > 0) {
            throw new PostgresStartException("Stopped waiting for the PostgreSQL in " + files.directory() + " after "
                    + within.toMillis() + " ms: " + why);
        }
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PostgresStartException("Interrupted while starting PostgreSQL", e);
        }
    }

    /** The dead server's port if it is free: others may still be trying to reach it there. */
    private static int freePort(int wanted) {
        try (ServerSocket socket = new ServerSocket(wanted, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            if (wanted != 0) {
                return freePort(0);
            }
            throw new UncheckedIOException("No free port on 127.0.0.1", e);
        }
    }
}
