package dev.carillon.testing;

import dev.carillon.platform.postgres.PostgresAddress;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Replicas of the packaged service on one database of their own; each sends from an address of its own, so that providers can tell them apart. */
public final class Replicas implements AutoCloseable {

    public static final String KEY = "replicas-admin-key-0123";

    /** What all replicas know besides the types that come along: words for every channel a test asks about, and no more. */
    public static final String TYPE = "REPLICA_NOTE";

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    private final Path directory;
    private final Map<String, String> settings = new HashMap<>();
    private final List<PackagedService> started = new ArrayList<>();
    private final PostgresAddress database;

    public Replicas(String database, Path directory, Map<String, String> settings) throws IOException, SQLException {
        this.directory = directory;
        this.database = TestPostgres.newDatabase(database);
        this.settings.putAll(PackagedService.on(
                this.database, Map.of("CARILLON_ADMIN_KEY", KEY, "CARILLON_NOTIFICATIONS_PATH", words().toString())));
        this.settings.putAll(settings);
    }

    /** The number text messages of the replica of that name come from. */
    public static String numberOf(String name) {
        return "+1555000" + String.format("%04d", Math.floorMod(name.hashCode(), 10_000));
    }

    /** All at once, also on a database that has no schema yet. */
    public List<PackagedService> start(String... names) throws IOException {
        var launched = new ArrayList<PackagedService>();
        for (var name : names) {
            var own = new HashMap<>(settings);
            own.put("CARILLON_PROVIDER_TWILIO_FROM", numberOf(name));
            own.put("CARILLON_DELIVERY_EMAIL_FROM", name + "@carillon.test");
            own.put("QUARKUS_DATASOURCE_REACTIVE_URL", database.reactiveUrl() + "?application_name=" + name);
            var one = PackagedService.launchUncovered(directory.resolve(name), own);
            started.add(one);
            launched.add(one);
        }
        launched.forEach(PackagedService::awaitStarted);
        return launched;
    }

    public Connection connect() throws SQLException {
        return JdbcQueries.connect(database);
    }

    /** @param body null for none */
    public HttpResponse<String> call(PackagedService replica, String method, String path, String key, String body)
            throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(replica.uri(path))
                        .timeout(Duration.ofSeconds(20))
                        .header("X-API-Key", key)
                        .header(
                                "Content-Type",
                                body != null && !body.startsWith("{") ? "application/yaml" : "application/json")
                        .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    @Override
    public void close() throws InterruptedException {
        started.forEach(one -> ProcessHandle.of(one.pid()).ifPresent(ProcessHandle::destroy));
        for (var one : started) {
            one.close();
        }
    }

    private Path words() throws IOException {
        var type = Files.createDirectories(directory.resolve("words").resolve(TYPE));
        Files.writeString(type.resolve("type.yaml"), """
                description: A note of one line
                category: order_updates
                channels: [email, sms, webhook]
                variables:
                  orderId: { type: string, required: true, example: o-1, description: The order }
                """);
        for (var channel : List.of("sms", "webhook", "email")) {
            Files.writeString(type.resolve(channel + ".txt"), "note {orderId}");
        }
        for (var channel : List.of("webhook", "email")) {
            Files.writeString(type.resolve(channel + ".subject.txt"), "Note {orderId}");
        }
        return type.getParent().toAbsolutePath();
    }
}
