package dev.carillon.platform.security;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;

import dev.carillon.testing.PackagedService;
import dev.carillon.testing.PackagedTest;
import dev.carillon.testing.Production;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys in production: where they are shown, what becomes of wrong ones, and of streams when one is revoked. */
@PackagedTest
@ResourceLock(Production.SHARED)
class KeysIT {

    private static final String PATH = "/api/v1/templates";
    /** Wrong keys come from here, so that no other test of this machine is told to wait. */
    private static final String ELSEWHERE = "127.0.0.2";

    private static Vertx vertx;
    private static HttpClient elsewhere;
    private static PackagedService service;

    record Answer(int status, String retryAfter, String body) {}

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        elsewhere = vertx.createHttpClient(
                new HttpClientOptions().setLocalAddress(ELSEWHERE).setMaxPoolSize(32));
        service = Production.service();
    }

    @AfterAll
    static void end() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    @Test
    void who_shows_wrong_keys_time_and_again_has_to_wait_and_who_shows_a_right_one_from_there_does_not()
            throws Exception {
        // When
        var answers = new ArrayList<Future<Answer>>();
        for (int n = 0; n < 400; n++) {
            answers.add(fromElsewhere(
                    PATH,
                    Map.of(
                            n % 2 == 0 ? "X-API-Key" : "Authorization",
                            (n % 2 == 0 ? "" : "Bearer ") + "ck_" + UUID.randomUUID(),
                            "X-Forwarded-For",
                            "192.0.2." + n % 256)));
        }
        var fresh = key("sender");
        var known = fromElsewhere(PATH, Map.of("X-API-Key", Production.ADMIN_KEY));
        var unseen = fromElsewhere(PATH, Map.of("Authorization", "Bearer " + fresh));

        // Then
        var statuses = new ArrayList<Integer>();
        for (var one : answers) {
            var answer = got(one);
            statuses.add(answer.status());
            if (answer.status() == 429) {
                assertThat(Integer.parseInt(answer.retryAfter())).isBetween(1, 60);
                assertThat(answer.body()).contains("/problems/rate-limited").doesNotContain(ELSEWHERE);
            }
        }
        assertThat(statuses).containsOnly(401, 429);
        assertThat(statuses.stream().filter(status -> status == 429)).hasSizeGreaterThan(200);
        assertThat(statuses.stream().filter(status -> status == 401)).hasSizeGreaterThanOrEqualTo(60);
        assertThat(got(known).status()).isEqualTo(200);
        assertThat(got(unseen).status()).isEqualTo(200);
        assertThat(got(fromElsewhere(PATH, Map.of())).status())
                .as("no key at all")
                .isEqualTo(401);
        assertThat(got(fromElsewhere("/healthz/ready", Map.of("X-API-Key", "ck_wrong")))
                        .status())
                .isEqualTo(200);
        assertThat(got(fromElsewhere("/unsubscribe/x", Map.of("X-API-Key", "ck_wrong")))
                        .status())
                .isEqualTo(404);
        refused(request().header("X-API-Key", "ck_wrong").get(PATH));
        var log = service.output().lines().toList();
        assertThat(log)
                .noneMatch(line -> line.contains("during authorization") || line.contains("Too many wrong keys"));
        assertThat(log.stream().filter(line -> line.contains("too many wrong keys")))
                .isNotEmpty()
                .hasSizeLessThan(10)
                .allMatch(line -> line.contains("WARN"));
    }

    @Test
    void a_key_is_shown_in_either_header() {
        var reader = key("sender");

        for (var scheme : List.of("Bearer ", "bearer ", "BEARER  ")) {
            request().header("Authorization", scheme + reader).get(PATH).then().statusCode(200);
            request()
                    .header("Authorization", scheme + Production.ADMIN_KEY)
                    .get("/q/metrics")
                    .then()
                    .statusCode(200);
        }
        request()
                .header("Authorization", "Basic eDp5")
                .header("X-API-Key", reader)
                .get(PATH)
                .then()
                .statusCode(200);
        request()
                .header("Authorization", "Bearer " + reader)
                .header("X-API-Key", "ck_wrong")
                .get(PATH)
                .then()
                .statusCode(401);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Basic YWRtaW46YWRtaW4=",
                "Bearer",
                "Bearer ",
                "Digest x",
                "an-admin-key-of-the-integration-tests",
                " "
            })
    void anything_else_is_refused_with_both_challenges(String authorization) {
        for (var path : List.of(PATH, "/q/metrics", "/nope")) {
            refused(request().header("Authorization", authorization).get(path));
        }
        refused(request().header("X-API-Key", "").get(PATH));
    }

    @Test
    void a_live_inbox_ends_when_the_key_that_opened_it_is_revoked() {
        // Given
        var customer = "live-" + UUID.randomUUID();
        admin().body("{\"name\": \"L\"}")
                .put("/api/v1/customers/" + customer)
                .then()
                .statusCode(201);
        var issued = admin().body("{\"label\": \"x\", \"roles\": [\"reader\"]}")
                .post("/api/v1/api-keys")
                .then()
                .statusCode(201)
                .extract();
        var heard = new AtomicInteger();
        var ended = new AtomicInteger();
        for (int n = 0; n < 3; n++) {
            elsewhere
                    .request(
                            HttpMethod.GET,
                            service.uri("").getPort(),
                            "127.0.0.1",
                            "/api/v1/customers/" + customer + "/inbox/stream")
                    .compose(call -> call.putHeader("Authorization", "Bearer " + issued.<String>path("key"))
                            .send())
                    .onSuccess(answer ->
                            answer.handler(part -> heard.incrementAndGet()).endHandler(end -> ended.incrementAndGet()));
        }
        await().until(() -> heard.get() >= 3);
        assertThat(ended).hasValue(0);

        // When
        admin().delete("/api/v1/api-keys/" + issued.path("id")).then().statusCode(204);

        // Then
        await().atMost(Duration.ofSeconds(10)).until(() -> ended.get() == 3);
    }

    private static void refused(Response response) {
        response.then()
                .statusCode(401)
                .contentType("application/problem+json")
                .header("WWW-Authenticate", containsString("Bearer realm="))
                .header("WWW-Authenticate", containsString("ApiKey header="));
    }

    private static Future<Answer> fromElsewhere(String path, Map<String, String> headers) {
        return elsewhere
                .request(HttpMethod.GET, service.uri("").getPort(), "127.0.0.1", path)
                .compose(call -> {
                    headers.forEach(call::putHeader);
                    return call.send();
                })
                .compose(answer -> answer.body()
                        .map(Buffer::toString)
                        .map(body -> new Answer(answer.statusCode(), answer.getHeader("Retry-After"), body)));
    }

    private static Answer got(Future<Answer> answer) throws Exception {
        return answer.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    private static String key(String role) {
        return admin().body("{\"label\": \"x\", \"roles\": [\"" + role + "\"]}")
                .post("/api/v1/api-keys")
                .then()
                .statusCode(201)
                .extract()
                .path("key");
    }

    private static RequestSpecification admin() {
        return request().contentType(ContentType.JSON).header("X-API-Key", Production.ADMIN_KEY);
    }

    private static RequestSpecification request() {
        return given().baseUri(service.uri("").toString());
    }
}
