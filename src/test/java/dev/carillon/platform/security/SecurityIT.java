package dev.carillon.platform.security;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.carillon.testing.PackagedService;
import dev.carillon.testing.PackagedTest;
import dev.carillon.testing.TestPostgres;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged service lets nobody in who shows no key, and keeps its secrets; three starts on one database, and one that is refused. */
@PackagedTest
class SecurityIT {

    private static final Pattern PRINTED = Pattern.compile("shown only this once: (ck_[A-Za-z0-9_-]+)");
    private static final String CONFIGURED = "a-configured-key-0123456789";
    private static final String NEXT_ENCRYPTION_KEY = "dGhlIG5leHQgZW5jcnlwdGlvbiBrZXkgb2YgYSB0ZXM=";

    @TempDir
    Path place;

    @Test
    void lets_nobody_in_who_shows_no_key_and_keeps_its_secrets() throws Exception {
        var key = firstStartPrintsAKeyThatOpensWhatNothingElseDoes();
        secondStartKnowsItAndPrintsNone(key);
        thirdStartTakesTheConfiguredKeyAndOutlivesItsDatabase(key);
        withoutAnEncryptionKeyAnyOtherDatabaseIsRefused();
    }

    private String firstStartPrintsAKeyThatOpensWhatNothingElseDoes() throws Exception {
        try (var service = launch("first", Map.of())) {
            var key = printedOnce(service);
            everythingElseAsksForAKey(service, key);
            rolesHold(service, key);
            noSecretIsInTheDatabase(service, key);
            return key;
        }
    }

    private void secondStartKnowsItAndPrintsNone(String key) throws Exception {
        var first = Files.readString(place.resolve("data/encryption-key"));
        try (var service = launch(
                "second",
                Map.of(
                        "CARILLON_SECURITY_ENCRYPTION_KEY",
                        NEXT_ENCRYPTION_KEY,
                        "CARILLON_SECURITY_PREVIOUS_ENCRYPTION_KEYS",
                        first))) {
            assertThat(service.output())
                    .doesNotContainPattern(PRINTED)
                    .doesNotContain(key)
                    .doesNotContain(first)
                    .doesNotContain(NEXT_ENCRYPTION_KEY)
                    .contains("secrets in the database are now encrypted with the current key: count=2");
            get(service, "/api/v1/api-keys", key).then().statusCode(200);
        }
    }

    private void thirdStartTakesTheConfiguredKeyAndOutlivesItsDatabase(String key) throws Exception {
        try (var service = launch(
                "third",
                Map.of("CARILLON_ADMIN_KEY", CONFIGURED, "CARILLON_SECURITY_ENCRYPTION_KEY", NEXT_ENCRYPTION_KEY))) {
            assertThat(service.output()).doesNotContainPattern(PRINTED).doesNotContain(CONFIGURED);
            get(service, "/api/v1/api-keys", CONFIGURED).then().statusCode(200);
            get(service, "/api/v1/api-keys", key).then().statusCode(200);

            crash(Long.parseLong(Files.readAllLines(place.resolve("data/data/postmaster.pid"))
                    .get(0)));

            unavailable(get(service, "/api/v1/customers/cust-001", CONFIGURED));
            unavailable(get(service, "/api/v1/customers/cust-001", "ck_not_seen_before"));
            get(service, "/healthz/live", null).then().statusCode(200);
            get(service, "/healthz/ready", null).then().statusCode(503);
        }
    }

    private void withoutAnEncryptionKeyAnyOtherDatabaseIsRefused() throws Exception {
        var other = TestPostgres.address();
        var settings = PackagedService.on(other, Map.of("CARILLON_SECURITY_ENCRYPTION_KEY", ""));
        try (var service = PackagedService.launch(place.resolve("refused"), settings)) {
            Awaitility.await()
                    .atMost(Duration.ofMinutes(3))
                    .until(() -> !ProcessHandle.of(service.pid())
                            .map(ProcessHandle::isAlive)
                            .orElse(false));
            assertThat(service.awaitExit()).isEqualTo(1);
            assertThat(service.output())
                    .contains(
                            "carillon.security.encryption-key",
                            "CARILLON_SECURITY_ENCRYPTION_KEY",
                            "openssl rand -base64 32")
                    .doesNotContain(other.password());
        }
    }

    private void noSecretIsInTheDatabase(PackagedService service, String key) throws Exception {
        String secret = request(service, key)
                .body("{\"url\": \"https://hooks.example.com/x\"}")
                .post("/api/v1/webhooks")
                .then()
                .statusCode(201)
                .extract()
                .path("secret");
        var server = Files.readAllLines(place.resolve("data/data/postmaster.pid"));
        var url = "jdbc:postgresql://127.0.0.1:" + server.get(3) + "/carillon?currentSchema=carillon";
        try (var connection = DriverManager.getConnection(
                        url,
                        "carillon",
                        Files.readString(place.resolve("data/password")).strip());
                var statement = connection.createStatement();
                var rows = statement.executeQuery(
                        "select secret from webhook union all select encrypted from service_secret")) {
            var kept = new ArrayList<String>();
            while (rows.next()) {
                kept.add(rows.getString(1));
            }
            assertThat(kept).hasSize(2).allMatch(one -> one.startsWith("enc1.")).noneMatch(one -> one.contains(secret));
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(place.resolve("data/encryption-key"))))
                .isEqualTo("rw-------");
    }

    private static String printedOnce(PackagedService service) throws Exception {
        var printed = PRINTED.matcher(service.output())
                .results()
                .map(found -> found.group(1))
                .toList();
        assertThat(printed).hasSize(1);
        return printed.get(0);
    }

    private static void everythingElseAsksForAKey(PackagedService service, String key) {
        for (var path : new String[] {"/healthz/live", "/healthz/ready", "/q/health/live", "/q/health/ready"}) {
            get(service, path, null).then().statusCode(200).body("status", equalTo("UP"));
        }
        for (var path : new String[] {
            "/api/v1/customers/cust-001",
            "/nope",
            "/q/metrics",
            "/demo/comparison",
            "/healthz/..%2fq/metrics",
            "/healthz/%2e%2e/q/metrics",
            "//q/metrics",
            "/q/health/../metrics"
        }) {
            unauthenticated(get(service, path, null));
            unauthenticated(get(service, path, "ck_wrong"));
        }
        unauthenticated(request(service, null).body("{}").post("/api/v1/notifications"));
        for (var path : new String[] {"/q/metrics", "/q/openapi", "/docs/", "/api/v1/api-keys"}) {
            get(service, path, key).then().statusCode(200);
        }
        get(service, "/nope", key).then().statusCode(404).contentType("application/problem+json");
        get(service, "/demo/comparison", key).then().statusCode(404).contentType("application/problem+json");
    }

    private static void rolesHold(PackagedService service, String key) {
        var issued = request(service, key)
                .body("{\"label\":\"x\",\"roles\":[\"sender\"],\"tenant\":\"brand-b\"}")
                .post("/api/v1/api-keys");
        String sender = issued.then().statusCode(201).extract().path("key");
        request(service, sender)
                .body("{\"label\":\"x\",\"roles\":[\"admin\"]}")
                .post("/api/v1/api-keys")
                .then()
                .statusCode(403)
                .contentType("application/problem+json");
        request(service, sender)
                .body("{\"name\":\"B\"}")
                .put("/api/v1/customers/only-b")
                .then()
                .statusCode(201);
        get(service, "/api/v1/customers/only-b", key).then().statusCode(404);
    }

    private static void unauthenticated(Response response) {
        response.then()
                .statusCode(401)
                .contentType("application/problem+json")
                .body("type", equalTo("https://carillon.dev/problems/unauthenticated"))
                .body("status", equalTo(401));
    }

    private static void unavailable(Response response) {
        response.then()
                .statusCode(503)
                .contentType("application/problem+json")
                .header("Retry-After", "1")
                .body("type", equalTo("https://carillon.dev/problems/unavailable"));
    }

    /** SIGKILL to the postmaster; its children end when they notice. Without its data it is not started again. */
    private void crash(long postmaster) throws IOException {
        Files.move(place.resolve("data/data"), place.resolve("data/data.aside"));
        var process = ProcessHandle.of(postmaster).orElseThrow();
        process.destroyForcibly();
        Awaitility.await().until(() -> !process.isAlive());
    }

    private static Response get(PackagedService service, String path, @Nullable String key) {
        return request(service, key).urlEncodingEnabled(false).get(path);
    }

    private static RequestSpecification request(PackagedService service, @Nullable String key) {
        var request = given().baseUri(service.uri("").toString())
                .contentType(ContentType.JSON)
                .redirects()
                .follow(false);
        return key == null ? request : request.header("X-API-Key", key);
    }

    private PackagedService launch(String name, Map<String, String> settings) throws Exception {
        var environment = new HashMap<>(settings);
        environment.put(
                "CARILLON_EMBEDDED_POSTGRES_DATA_DIR", place.resolve("data").toString());
        return PackagedService.launch(place.resolve(name), environment).awaitStarted();
    }
}
