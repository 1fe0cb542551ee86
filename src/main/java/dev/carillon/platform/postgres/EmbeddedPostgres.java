package dev.carillon.platform.postgres;

import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Runs a real PostgreSQL server as a process beside the JVM. Several JVMs can share it: the first starts it, the last
 * stops it, and one that finds it orphaned takes it over. It never deletes data.
 */
public final class EmbeddedPostgres implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(EmbeddedPostgres.class);

    /** For one attempt to start it again; an orderly stop waits for as long. */
    private static final Duration RESTARTS_WITHIN = Duration.ofSeconds(10);

    private final EmbeddedPostgresSettings settings;
    private final PgPrograms programs;
    private final ServerStart.RunningServer server;
    private final Optional<LastOneOut> lastOneOut;

    private EmbeddedPostgres(
            EmbeddedPostgresSettings settings,
            PgPrograms programs,
            ServerStart.RunningServer server,
            Optional<LastOneOut> lastOneOut) {
        this.settings = settings;
        this.programs = programs;
        this.server = server;
        this.lastOneOut = lastOneOut;
    }

    /**
     * Starts the server of a data directory, or joins the running one. The use ends with the JVM, or with {@link
     * #close()}.
     *
     * @throws PostgresStartException when there is no having it
     */
    public static EmbeddedPostgres start(EmbeddedPostgresSettings settings) {
        ServerFiles files = ServerFiles.in(settings.dataDir());
        var programs = new PgPrograms(
                PostgresBinaries.unpackedIn(settings.binariesCache()), UnprivilegedCommand.forThisUser(), files);
        Optional<LastOneOut> entered = files.whileChanging(() -> LastOneOut.enter(files, programs));
        EmbeddedPostgres postgres = findOrStart(settings, programs, entered);
        LOG.info(postgres.story(files));
        return postgres;
    }

    /** From now on the server is restarted whenever it is gone, until this JVM ends its use. */
    public EmbeddedPostgres keepRunning() {
        var onItsPort = settings.withPort(server.address().port());
        Supervisor.appoint(
                programs.files(), () -> new ServerStart(onItsPort, programs.files(), programs, RESTARTS_WITHIN));
        return this;
    }

    public PostgresAddress address() {
        return server.address();
    }

    public StartMode arrival() {
        return server.arrival();
    }

    /** The postmaster's process number. */
    public long pid() {
        return server.pid();
    }

    /**
     * Ends this JVM's use of the server and stops it if no other JVM uses it. No effect for one that was {@link
     * StartMode#KEPT}.
     */
    @Override
    public void close() {
        lastOneOut.ifPresent(LastOneOut::leaveNow);
    }

    private static EmbeddedPostgres findOrStart(
            EmbeddedPostgresSettings settings, PgPrograms programs, Optional<LastOneOut> entered) {
        var start = new ServerStart(settings, programs.files(), programs, ServerStart.DEADLINE);
        try {
            var server = programs.files().whileChanging(start::findOrStart);
            boolean kept = entered.isEmpty() && server.arrival() == StartMode.ADOPTED;
            return new EmbeddedPostgres(
                    settings, programs, kept ? server.withArrival(StartMode.KEPT) : server, entered);
        } catch (RuntimeException e) {
            entered.ifPresent(LastOneOut::leaveNow);
            throw e;
        }
    }

    private String story(ServerFiles files) {
        PostgresAddress at = server.address();
        String where = "PostgreSQL " + server.version() + " on " + at.host() + ":" + at.port();
        String data = "data in " + files.directory();
        return switch (server.arrival()) {
            case STARTED -> "started " + where + ", " + data;
            case REPLACED -> "replaced a stale server: started " + where + ", " + data;
            case ADOPTED ->
                "adopted the PostgreSQL already running in " + files.directory() + " (pid " + pid() + "): " + where;
            case KEPT -> "kept " + where + ", " + data;
        };
    }
}
