package dev.carillon.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The packaged service as operators run it: profile {@code prod}, keys asked for, its own database, mock channels. One process serves
 * every integration test of a run, so each test makes customers and keys of its own; what needs other settings, or ends the process,
 * launches a {@link PackagedService} for itself.
 */
public final class Production {

    public static final String ADMIN_KEY = "an-admin-key-of-the-integration-tests";

    private static PackagedService service;

    private Production() {
    }

    public static synchronized PackagedService service() {
        if (service == null) {
            service = start("run-", Map.of());
        }
        return service;
    }

    /** One that ends with the tests, in a directory of its own. */
    static PackagedService start(String name, Map<String, String> settings) {
        var environment = new HashMap<>(settings);
        environment.put("CARILLON_ADMIN_KEY", ADMIN_KEY);
        environment.put("CARILLON_UNSUBSCRIBE_BASE_URL", "https://carillon.test");
        try {
            Path place = Files.createDirectories(Path.of("target", "production")).toAbsolutePath();
            var started = PackagedService.launch(Files.createTempDirectory(place, name), environment);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(started)));
            return started.awaitStarted();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void end(PackagedService started) {
        try {
            started.terminate();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
