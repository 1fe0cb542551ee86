package dev.carillon.platform.postgres;

import java.nio.file.Files;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Restarts a data directory's server when it is gone, on the same port, so that pools find it. Every JVM that uses the
 * server has one. One of them starts it ({@link ServerFiles#whileChanging}); the others find it running. It works until its JVM
 * releases its share, or until a live reload starts a successor. A system property names the current one, because class
 * loaders change.
 */
final class Supervisor extends Thread {

    private static final Logger LOG = Logger.getLogger(Supervisor.class);
    private static final String IN_OFFICE = "carillon.embedded-postgres.supervisor.";

    private static final long LOOK_EVERY_MILLIS = 250;
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final ServerFiles files;
    private final Supplier<ServerStart> start;
    private final String office;
    private final String name = UUID.randomUUID().toString();

    private Supervisor(ServerFiles files, Supplier<ServerStart> start) {
        super("embedded-postgres-supervisor");
        setDaemon(true);
        this.files = files;
        this.start = start;
        this.office = office(files);
    }

    /** @param start makes the start of the same server on the same port, once for each attempt */
    static void appoint(ServerFiles files, Supplier<ServerStart> start) {
        var supervisor = new Supervisor(files, start);
        System.setProperty(supervisor.office, supervisor.name);
        supervisor.start();
    }

    /** Stops this JVM from restarting the server. A restart in progress finishes in {@link ServerFiles#whileChanging}. */
    static void dismiss(ServerFiles files) {
        System.clearProperty(office(files));
    }

    @Override
    public void run() {
        try {
            while (inOffice()) {
                Thread.sleep(LOOK_EVERY_MILLIS);
                if (isGone()) {
                    bringBack();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void bringBack() throws InterruptedException {
        Duration pause = FIRST_PAUSE;
        while (inOffice() && isGone()) {
            LOG.warnf("PostgreSQL in %s stopped unexpectedly; restarting it", files.directory());
            try {
                files.whileChanging(this::startUnlessDismissed);
            } catch (PostgresStartException e) {
                LOG.errorf(
                        "PostgreSQL in %s does not start; next try in %d s: %s",
                        files.directory(), pause.toSeconds(), e.getMessage());
                Thread.sleep(pause.toMillis());
                pause = longer(pause);
            }
        }
    }

    /**
     * A stop first replaces the current supervisor and then takes the lock. So a supervisor that is still current under
     * the lock never restarts what a stop has stopped.
     */
    private Boolean startUnlessDismissed() {
        if (!inOffice()) {
            return false;
        }
        if (!Files.isDirectory(files.data())) {
            // a start would make an empty database in its place
            throw new PostgresStartException("its data directory does not exist");
        }
        var server = start.get().findOrStart();
        LOG.infof(
                "PostgreSQL %s runs again: pid=%d %s arrival=%s",
                server.version(), server.pid(), server.address(), server.arrival());
        return true;
    }

    private boolean inOffice() {
        return name.equals(System.getProperty(office));
    }

    private boolean isGone() {
        try {
            return PostmasterPid.in(files.data())
                    .filter(PostmasterPid::processIsThisServer)
                    .isEmpty();
        } catch (PostgresStartException e) {
            // the file is being written: somebody starts it
            return false;
        }
    }

    private static Duration longer(Duration pause) {
        Duration twice = pause.multipliedBy(2);
        return twice.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : twice;
    }

    private static String office(ServerFiles files) {
        return IN_OFFICE + files.directory();
    }
}
