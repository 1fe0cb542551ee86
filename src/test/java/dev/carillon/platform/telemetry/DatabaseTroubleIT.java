package dev.carillon.platform.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.carillon.platform.postgres.PostgresAddress;
import dev.carillon.testing.PackagedService;
import dev.carillon.testing.PackagedTest;
import dev.carillon.testing.TestPostgres;
import dev.carillon.testing.TroubledPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What callers and orchestrators hear while the database cannot do it: 503 with Retry-After and the truth, on every operation. */
@PackagedTest
class DatabaseTroubleIT {

    private static final String KEY = "a-key-for-bad-days-0123";
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    static Path directory;

    private static PostgresAddress database;
    private static TroubledPostgres postgres;
    private static PackagedService service;
    private static List<Operation> operations;
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private record Operation(String method, String path, String body) {}

    @BeforeAll
    static void aServiceBehindATroubledDatabase() throws Exception {
        database = TestPostgres.newDatabase("trouble");
        postgres = TroubledPostgres.before(database);
        service = PackagedService.launch(
                        directory, PackagedService.on(postgres.address(), Map.of("CARILLON_ADMIN_KEY", KEY)))
                .awaitStarted();
        operations = operations();
    }

    @AfterAll
    static void end() throws Exception {
        if (service != null) {
            service.close();
        }
        postgres.close();
    }

    @AfterEach
    void a_good_day_again() throws SQLException {
        postgres.recover();
        execute(database, "alter database trouble reset all");
        reconnect();
        await().atMost(DEADLINE).until(() -> get("/healthz/ready").statusCode() == 200);
    }

    /** DiagnosisTest has all the states; here are those of a statement, of a lock and of a transaction. KilledServerIT has the one of a session. */
    @ParameterizedTest
    @ValueSource(strings = {"53100", "55P03", "40P01"})
    void no_operation_answers_500_whatever_the_database_says(String sqlState) throws Exception {
        // Given
        assertThat(get("/api/v1/api-keys").statusCode()).isEqualTo(200);

        // When
        postgres.refuseEverythingWith(sqlState);

        // Then
        var answers = askEach(operations);
        assertThat(answers)
                .allSatisfy(
                        (operation, answer) -> assertThat(answer.statusCode()).isNotEqualTo(500));
        var unavailable = answers.values().stream()
                .filter(answer -> answer.statusCode() == 503)
                .toList();
        assertThat(unavailable).allSatisfy(answer -> {
            assertThat(answer.headers().firstValue("Retry-After")).isPresent();
            assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        });
        assertThat(unavailable).as("operations that need the database").hasSizeGreaterThan(35);
    }

    @Test
    void a_key_that_nobody_can_look_up_is_neither_wrong_nor_right() throws Exception {
        postgres.refuseEverythingWith("53300");

        var answer = ask(new Operation("GET", "/api/v1/notifications", ""), "ck_nobody-knows-this-one");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"53100", "57P03"})
    void ready_says_no_as_long_as_it_lasts_and_yes_afterwards(String sqlState) throws Exception {
        postgres.refuseEverythingWith(sqlState);

        await().atMost(DEADLINE).until(() -> get("/healthz/ready").statusCode() == 503);
        assertThat(get("/healthz/live").statusCode()).isEqualTo(200);

        postgres.recover();

        await().atMost(DEADLINE).until(() -> get("/healthz/ready").statusCode() == 200);
    }

    @Test
    void ready_says_no_while_the_database_is_read_only() throws Exception {
        execute(database, "alter database trouble set default_transaction_read_only = on");
        reconnect();

        await().atMost(DEADLINE).until(() -> get("/healthz/ready").statusCode() == 503);
        assertThat(ask(
                                new Operation(
                                        "PUT",
                                        "/api/v1/customers/read-only-1",
                                        "{\"name\": \"Ro\", \"email\": \"ro@example.com\"}"),
                                KEY)
                        .statusCode())
                .isEqualTo(503);
    }

    /** A limit on temporary files is as good as a full disk to whoever tries to write one. */
    @Test
    void ready_says_no_when_nothing_can_be_written_to_the_disk() throws Exception {
        execute(database, "alter database trouble set temp_file_limit = '64kB'");
        reconnect();

        await().atMost(DEADLINE).until(() -> get("/healthz/ready").statusCode() == 503);
    }

    @Test
    void what_is_accepted_after_it_is_sent_for_every_loop_goes_on_by_itself() throws Exception {
        // Given
        var customer = new Operation(
                "PUT", "/api/v1/customers/cust-bad-day", "{\"name\": \"Bea\", \"email\": \"bea@example.com\"}");
        await().atMost(DEADLINE)
                .until(() -> ask(customer, KEY).statusCode() / 100 == 2); // the trouble before may be just over
        postgres.refuseEverythingWith("53100");
        await().atMost(DEADLINE).until(() -> get("/healthz/ready").statusCode() == 503);

        // When
        postgres.recover();

        // Then
        await().atMost(DEADLINE)
                .until(() -> ask(
                                        new Operation(
                                                "POST",
                                                "/api/v1/notifications",
                                                "{\"type\": \"ORDER_SHIPPED\", \"customerId\": \"cust-bad-day\", \"context\": {\"orderId\": \"ord-7\"}}"),
                                        KEY)
                                .statusCode()
                        == 202);
        await().atMost(DEADLINE)
                .until(() -> text(ask(new Operation("GET", "/api/v1/notifications?customerId=cust-bad-day", ""), KEY))
                        .contains("\"sent\""));
    }

    private static List<Operation> operations() throws Exception {
        JsonNode document = JSON.readTree(text(ask(new Operation("GET", "/q/openapi?format=json", ""), KEY)));
        var found = new ArrayList<Operation>();
        document.at("/paths")
                .fields()
                .forEachRemaining(path -> path.getValue().fields().forEachRemaining(operation -> {
                    if (List.of("get", "put", "post", "delete", "patch").contains(operation.getKey())) {
                        found.add(new Operation(
                                operation.getKey().toUpperCase(),
                                withExamples(path.getKey(), operation.getValue(), path.getValue()),
                                body(operation.getValue())));
                    }
                }));
        assertThat(found).hasSizeGreaterThan(50);
        return found;
    }

    private static String withExamples(String path, JsonNode operation, JsonNode shared) {
        String filled = path;
        for (var parameters : List.of(operation.path("parameters"), shared.path("parameters"))) {
            for (var parameter : parameters) {
                filled = filled.replace(
                        "{" + parameter.path("name").asText() + "}",
                        parameter.path("example").asText("1"));
            }
        }
        return filled.replaceAll("\\{[^}]*}", "1");
    }

    private static String body(JsonNode operation) {
        return StreamSupport.stream(operation.at("/requestBody/content").spliterator(), false)
                .flatMap(
                        content -> StreamSupport.stream(content.path("examples").spliterator(), false))
                .map(example -> example.path("value").isTextual()
                        ? example.path("value").asText()
                        : example.path("value").toString())
                .findFirst()
                .orElse("{}");
    }

    /** A few at a time: each is tried for a while before it is answered. */
    private static Map<Operation, HttpResponse<InputStream>> askEach(List<Operation> all) throws Exception {
        var callers = Executors.newFixedThreadPool(16);
        try {
            var asked = new LinkedHashMap<Operation, Future<HttpResponse<InputStream>>>();
            all.forEach(operation -> asked.put(operation, callers.submit(() -> ask(operation, KEY))));
            var answers = new LinkedHashMap<Operation, HttpResponse<InputStream>>();
            for (var one : asked.entrySet()) {
                answers.put(one.getKey(), one.getValue().get());
            }
            return answers;
        } finally {
            callers.shutdown();
        }
    }

    private static HttpResponse<InputStream> get(String path) throws Exception {
        return ask(new Operation("GET", path, ""), KEY);
    }

    /** Streams do not end: the head is what is looked at. */
    private static HttpResponse<InputStream> ask(Operation operation, String key) throws Exception {
        URI uri = service.uri(operation.path().replace(" ", "%20"));
        var request = HttpRequest.newBuilder(uri)
                .timeout(DEADLINE)
                .header("X-API-Key", key)
                .header("Content-Type", "application/json")
                .method(
                        operation.method(),
                        operation.body().isEmpty()
                                ? BodyPublishers.noBody()
                                : BodyPublishers.ofString(operation.body()))
                .build();
        var answer = HTTP.send(request, BodyHandlers.ofInputStream());
        if (!"application/json"
                .equals(answer.headers().firstValue("Content-Type").orElse("").split(";")[0])) {
            answer.body().close();
        }
        return answer;
    }

    private static String text(HttpResponse<InputStream> answer) throws IOException {
        try (var body = answer.body()) {
            return new String(body.readAllBytes());
        }
    }

    /** Settings of a database hold for new sessions. */
    private static void reconnect() throws SQLException {
        execute(
                database,
                "select pg_terminate_backend(pid) from pg_stat_activity where datname = 'trouble' and pid <> pg_backend_pid()");
    }

    private static void execute(PostgresAddress where, String statement) throws SQLException {
        try (Connection connection = DriverManager.getConnection(where.jdbcUrl(), where.user(), where.password())) {
            connection.createStatement().execute("set default_transaction_read_only = off");
            connection.createStatement().execute(statement);
        }
    }
}
