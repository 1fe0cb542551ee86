package dev.carillon.platform;

import dev.carillon.platform.postgres.ApplicationDatabase;
import io.quarkus.runtime.ApplicationLifecycleManager;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;

/** Starts the service: its database first, which outlives the application. */
@QuarkusMain
public final class Main {

    private Main() {
    }

    public static void main(String... arguments) {
        ApplicationDatabase.provide();
        releaseTheDatabaseBeforeExit();
        try {
            Quarkus.run(arguments);
        } finally {
            ApplicationDatabase.release();
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
