package dev.carillon.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The packaged service as operators run it: profile {@code prod}, keys asked for, its own database, mock channels. One process serves
 * every integration test of a run, so each test makes customers and keys of its own, and holds
 * {@link #SHARED}; what needs other settings, or ends the process, launches a {@link PackagedService} for itself, and
 * runs beside others.
 */
public final class Production {

    /** The resource that tests of this process lock: they run one after the other, beside all others. */
    public static final String SHARED = "the service that tests share";

    public static final String ADMIN_KEY = "an-admin-key-of-the-integration-tests";

    private static final String STORE_PASSWORD = "of-the-integration-tests";

    private static PackagedService service;
    private static int tlsPort;

    private Production() {}

    public static synchronized PackagedService service() {
        if (service == null) {
            service = start("run-", tls());
        }
        return service;
    }

    /** Where the same service speaks TLS, with a certificate signed by itself. */
    public static synchronized int tlsPort() {
        service();
        return tlsPort;
    }

    private static Map<String, String> tls() {
        try {
            Path store = Files.createTempDirectory(
                            Files.createDirectories(Path.of("target", "production"))
                                    .toAbsolutePath(),
                            "tls-")
                    .resolve("certificate.p12");
            var made = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "keytool")
                                    .toString(),
                            "-genkeypair",
                            "-alias",
                            "service",
                            "-keyalg",
                            "EC",
                            "-validity",
                            "2",
                            "-dname",
                            "CN=localhost",
                            "-ext",
                            "SAN=dns:localhost,ip:127.0.0.1",
                            "-storetype",
                            "PKCS12",
                            "-keystore",
                            store.toString(),
                            "-storepass",
                            STORE_PASSWORD)
                    .redirectErrorStream(true)
                    .start();
            var said = new String(made.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (made.waitFor() != 0) {
                throw new IllegalStateException("No certificate: " + said);
            }
            tlsPort = PackagedService.freePort();
            return Map.of(
                    "QUARKUS_HTTP_SSL_PORT",
                    Integer.toString(tlsPort),
                    "QUARKUS_HTTP_SSL_CERTIFICATE_KEY_STORE_FILE",
                    store.toString(),
                    "QUARKUS_HTTP_SSL_CERTIFICATE_KEY_STORE_PASSWORD",
                    STORE_PASSWORD);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** One that ends with the tests, in a directory of its own. */
    static PackagedService start(String name, Map<String, String> settings) {
        var environment = new HashMap<>(settings);
        environment.put("CARILLON_ADMIN_KEY", ADMIN_KEY);
        environment.put("CARILLON_UNSUBSCRIBE_BASE_URL", "https://carillon.test");
        try {
            Path place =
                    Files.createDirectories(Path.of("target", "production")).toAbsolutePath();
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
