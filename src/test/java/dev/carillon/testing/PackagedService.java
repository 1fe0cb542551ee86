package dev.carillon.testing;

import dev.carillon.platform.postgres.PostgresAddress;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** The packaged service, {@code target/quarkus-app}, running as a process of its own on a free port of 127.0.0.1. */
public final class PackagedService implements AutoCloseable {

    /** For a database that comes without one; an environment may name another, or none by an empty text. */
    public static final String ENCRYPTION_KEY = "cGFja2FnZWQgc2VydmljZSB1bmRlciB0ZXN0LCBrZXk=";

    static final Path JAR = packaged("quarkus-run.jar");

    private static final Duration STARTS_WITHIN = Duration.ofSeconds(120);
    private static final Duration STOPS_WITHIN = Duration.ofSeconds(60);
    private static final Duration ARCHIVES_WITHIN = Duration.ofMinutes(5);

    /** The tests of the application, which come one after the other, are the longest way through a build: they go first. */
    private static final List<String> GIVES_WAY =
            Files.isExecutable(Path.of("/usr/bin/nice")) ? List.of("/usr/bin/nice", "-n", "5") : List.of();

    /** Without the optimising compiler a start costs half; what runs for a few requests only is not worth its work. */
    private static final List<String> CHEAP_START =
            List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:ReservedCodeCacheSize=240m");

    private static final AtomicInteger NEXT_PORT = new AtomicInteger(20_000 + new Random().nextInt(10_000));

    private final Process process;
    private final Path output;
    private final int port;

    private PackagedService(Process process, Path output, int port) {
        this.process = process;
        this.output = output;
        this.port = port;
    }

    /** Settings for a service on that database. */
    public static Map<String, String> on(PostgresAddress database, Map<String, String> others) {
        var settings = new HashMap<>(Map.of(
                "QUARKUS_DATASOURCE_REACTIVE_URL", database.reactiveUrl(),
                "QUARKUS_DATASOURCE_JDBC_URL", database.jdbcUrl(),
                "QUARKUS_DATASOURCE_USERNAME", database.user(),
                "QUARKUS_DATASOURCE_PASSWORD", database.password()));
        settings.putAll(others);
        return settings;
    }

    /**
     * Starts the process and does not wait for it.
     *
     * @param workingDirectory also receives the output, in {@code service.log}
     * @param environment on top of this JVM's, of which nothing that configures the service is passed on
     */
    public static PackagedService launch(Path workingDirectory, Map<String, String> environment) throws IOException {
        return launch(workingDirectory, environment, CHEAP_START);
    }

    /**
     * As {@link #launch}, but what it covers is not recorded, which costs each start a second of CPU: for whoever will kill it, because a killed
     * process records nothing anyway, and for whoever runs through what other tests run through, too.
     */
    public static PackagedService launchUncovered(Path workingDirectory, Map<String, String> environment)
            throws IOException {
        return java(GIVES_WAY, with(CHEAP_START, ClassArchive.options()), workingDirectory, environment);
    }

    /** With a database of its own; its classes are in the archive after it has ended. */
    static PackagedService launchToArchive(Path workingDirectory, Path archive) throws IOException {
        return java(
                GIVES_WAY,
                with(CHEAP_START, List.of("-XX:ArchiveClassesAtExit=" + archive)),
                workingDirectory,
                Map.of());
    }

    /** As {@link #launch}, with the JVM as it is: for whoever measures. */
    public static PackagedService launchToMeasure(Path workingDirectory, Map<String, String> environment)
            throws IOException {
        return java(List.of(), measuring(), workingDirectory, environment);
    }

    /** By the launcher that comes with it. */
    public static PackagedService launchAsDelivered(Path workingDirectory, Map<String, String> environment)
            throws IOException {
        var withThisJava = new HashMap<>(environment);
        withThisJava.put("JAVA_HOME", System.getProperty("java.home"));
        return run(List.of(packaged("carillon").toString()), workingDirectory, withThisJava);
    }

    /** @param jvmArguments such as {@code -Xmx256m} */
    public static PackagedService launch(
            Path workingDirectory, Map<String, String> environment, List<String> jvmArguments) throws IOException {
        return java(
                GIVES_WAY,
                with(with(measuring(), jvmArguments), ClassArchive.options()),
                workingDirectory,
                environment);
    }

    private static PackagedService java(
            List<String> prefix, List<String> jvmArguments, Path workingDirectory, Map<String, String> environment)
            throws IOException {
        List<String> command = new ArrayList<>(prefix);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmArguments);
        command.addAll(List.of("-jar", JAR.toString()));
        return run(command, workingDirectory, environment);
    }

    /** The agent that records what the tests cover, if it is on. */
    private static List<String> measuring() {
        String agent = System.getProperty("packaged.jvm.argument", "");
        return agent.startsWith("-javaagent") ? List.of(agent) : List.of();
    }

    private static List<String> with(List<String> some, List<String> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }

    private static Path packaged(String file) {
        return Path.of("target/quarkus-app", file).toAbsolutePath();
    }

    private static PackagedService run(List<String> command, Path workingDirectory, Map<String, String> environment)
            throws IOException {
        int port = freePort();
        Path output = Files.createDirectories(workingDirectory).resolve("service.log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(workingDirectory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("QUARKUS_") || name.startsWith("CARILLON_"));
        builder.environment().put("QUARKUS_HTTP_HOST", "127.0.0.1");
        builder.environment().put("QUARKUS_HTTP_PORT", Integer.toString(port));
        if (environment.keySet().stream().anyMatch(name -> name.startsWith("QUARKUS_DATASOURCE_"))) {
            builder.environment().put("CARILLON_SECURITY_ENCRYPTION_KEY", ENCRYPTION_KEY);
        }
        builder.environment().putAll(environment);
        return new PackagedService(builder.start(), output, port);
    }

    public PackagedService awaitStarted() {
        Awaitility.await()
                .atMost(STARTS_WITHIN)
                .pollInterval(Duration.ofMillis(50))
                .failFast(this::stillRuns)
                .until(() -> output().contains("Listening on"));
        return this;
    }

    public URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    public String output() throws IOException {
        return Files.readString(output);
    }

    public long pid() {
        return process.pid();
    }

    /** SIGTERM; the exit code is 143 when the JVM ended because of it. */
    public int terminate() throws InterruptedException {
        process.destroy();
        return awaitExit();
    }

    /** SIGKILL. */
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        awaitExit();
    }

    public int awaitExit() throws InterruptedException {
        return awaitExit(STOPS_WITHIN);
    }

    private int awaitExit(Duration limit) throws InterruptedException {
        if (!process.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
            throw new AssertionError("The service did not end within " + limit);
        }
        return process.exitValue();
    }

    /** For the sake of tests that fail half-way. */
    @Override
    public void close() throws InterruptedException {
        terminate();
    }

    /** Ends it; before that it writes its archive, which takes longer than a stop may. */
    void terminateAndArchive() throws InterruptedException {
        process.destroy();
        awaitExit(ARCHIVES_WITHIN);
    }

    void abandon() {
        process.destroyForcibly();
    }

    private void stillRuns() throws IOException {
        if (!process.isAlive()) {
            throw new AssertionError("The service ended: " + output());
        }
    }

    /** Nobody listens at it on 127.0.0.1 now; and it is below those that outgoing connections take, of which other tests open thousands. */
    public static int freePort() throws IOException {
        while (true) {
            int port = NEXT_PORT.getAndIncrement();
            try (var free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return free.getLocalPort();
            } catch (BindException taken) {
                // the next one may be free
            }
        }
    }
}
