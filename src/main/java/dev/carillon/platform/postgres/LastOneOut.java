package dev.carillon.platform.postgres;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * Releases this JVM's share of a server when the JVM ends, after the application, and stops the server if no other JVM
 * has a share. It may run long after this class's loader was closed (live reload creates new ones), so it needs only
 * classes that {@link EmbeddedPostgres#start} has already loaded.
 */
final class LastOneOut extends Thread {

    /** Set while the application runs; a system property, because live reload changes the class loader. */
    private static final String APPLICATION_RUNS = "carillon.embedded-postgres.application-runs";

    /** An application that drains longer than this loses its database under it. */
    private static final Duration APPLICATION_STOPS_WITHIN = Duration.ofSeconds(120);

    private static final long PAUSE_MILLIS = 10;

    private final ServerFiles files;
    private final PgPrograms programs;
    private final ServerShare share;

    private LastOneOut(ServerFiles files, PgPrograms programs, ServerShare share) {
        super("embedded-postgres-stop");
        this.files = files;
        this.programs = programs;
        this.share = share;
    }

    /**
     * Takes the share before the server starts: a JVM that is told to end meanwhile still stops what it started. Empty
     * if this JVM already has its share. Only in {@link ServerFiles#whileChanging}.
     */
    static Optional<LastOneOut> enter(ServerFiles files, PgPrograms programs) {
        Optional<LastOneOut> entered =
                ServerShare.take(files.usersLock()).map(share -> new LastOneOut(files, programs, share));
        entered.ifPresent(Runtime.getRuntime()::addShutdownHook);
        return entered;
    }

    static void applicationRuns() {
        System.setProperty(APPLICATION_RUNS, "true");
    }

    static void applicationStopped() {
        System.clearProperty(APPLICATION_RUNS);
    }

    @Override
    public void run() {
        long giveUpAt = System.nanoTime() + APPLICATION_STOPS_WITHIN.toNanos();
        try {
            while (Boolean.getBoolean(APPLICATION_RUNS) && System.nanoTime() - giveUpAt < 0) {
                Thread.sleep(PAUSE_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        leave();
    }

    /** Without waiting for the application. Does nothing the second time, nor when the JVM is ending, for then {@link #run} does it. */
    void leaveNow() {
        boolean still = false;
        try {
            still = Runtime.getRuntime().removeShutdownHook(this);
        } catch (IllegalStateException ending) {
            // run() is on its way
        }
        if (still) {
            leave();
        }
    }

    private void leave() {
        Supervisor.dismiss(files);
        files.whileChanging(() -> {
            try {
                share.giveUp(this::stopServer);
            } catch (IOException e) {
                complain(String.valueOf(e));
            }
            return files;
        });
    }

    private void stopServer() {
        PgPrograms.ProgramResult outcome = programs.stop();
        if (!outcome.worked()) {
            complain(outcome.said());
        }
    }

    /** Not to the log, which has ended before this runs. */
    private void complain(String why) {
        System.err.println(
                "PostgreSQL in " + files.directory() + " was not stopped, the next start will look after it: " + why);
    }
}
