package dev.carillon.platform;

import dev.carillon.platform.http.ConnectionGuards;
import dev.carillon.platform.postgres.ApplicationDatabase;
import io.quarkus.runtime.Application;
import io.quarkus.runtime.ApplicationLifecycleManager;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;

/** Starts the service. The database starts first and outlives the application. */
@QuarkusMain
public final class Main {

    /**
     * The default for the log's form, if {@code carillon.log.json} is not set: whether programs read it. See
     * application.properties.
     */
    static final String READ_BY_PROGRAMS = "carillon.log.read-by-programs";

    public static void main(String... arguments) {
        writeForWhoeverReads();
        if (applicationIsHere()) {
            ConnectionGuards.install();
            ApplicationDatabase.provide();
            releaseTheDatabaseBeforeExit();
        }
        try {
            Quarkus.run(arguments);
        } finally {
            ApplicationDatabase.release();
        }
    }

    /** Before anything is logged: lines for people on a terminal, JSON for programs. */
    private static void writeForWhoeverReads() {
        System.setProperty(READ_BY_PROGRAMS, Boolean.toString(!Terminal.isStandardOutput()));
    }

    /**
     * False while an IDE calls: Quarkus then builds the application and calls again. Initialising its class shows
     * whether this is development or production, which decides where the data is.
     */
    private static boolean applicationIsHere() {
        try {
            Class.forName(
                    Application.APP_CLASS_NAME, true, Thread.currentThread().getContextClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    /** The usual handler ends the JVM and never returns; the database, though, waits for the application to be gone. */
    private static void releaseTheDatabaseBeforeExit() {
        var usual = ApplicationLifecycleManager.getDefaultExitCodeHandler();
        ApplicationLifecycleManager.setDefaultExitCodeHandler((exitCode, cause) -> {
            ApplicationDatabase.release();
            usual.accept(exitCode, cause);
        });
    }
}
