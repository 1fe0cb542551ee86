package dev.carillon.platform.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.oneOf;
import static org.hamcrest.Matchers.startsWith;

import dev.carillon.platform.id.Ids;
import dev.carillon.platform.rest.Problem;
import dev.carillon.platform.rest.ProblemType;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** HTTP by its letter, whatever is asked. */
@QuarkusTest
class HttpSemanticsTest {

    private static final String RULE =
            "{\"id\": \"%s\", \"on\": \"http.tried\", \"notify\": {\"type\": \"ORDER_SHIPPED\", \"channels\": [\"sms\"]}}";

    @TestHTTPResource("/")
    URI service;

    @Inject
    Ids ids;

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "DELETE ; /api/v1/notifications     ; GET, HEAD, OPTIONS, POST",
                "PATCH  ; /api/v1/customers/cust-001 ; DELETE, GET, HEAD, OPTIONS, PUT",
                "GET    ; /notify                   ; OPTIONS, POST",
                "PUT    ; /api/v1/webhooks          ; GET, HEAD, OPTIONS, POST",
                "POST   ; /api/v1/templates/A/draft ; DELETE, GET, HEAD, OPTIONS, PUT"
            })
    void a_method_that_is_not_served_is_told_which_are(String method, String path, String allowed) {
        given().contentType(ContentType.JSON)
                .body("{}")
                .request(method, path)
                .then()
                .statusCode(405)
                .header("Allow", equalTo(allowed));
    }

    @Test
    void whoever_asks_which_methods_a_path_has_is_told_what_a_refusal_would_say() {
        var compared = new ArrayList<String>();
        var others = new ArrayList<String>();
        given().get("/q/openapi?format=json")
                .jsonPath()
                .<Map<String, Object>>get("paths")
                .keySet()
                .forEach(path -> {
                    var refused = given().request("PATCH", path.replaceAll("\\{[^}]+}", "17"));
                    if (refused.statusCode() == 405) {
                        given().options(path.replaceAll("\\{[^}]+}", "17"))
                                .then()
                                .statusCode(oneOf(200, 204))
                                .header("Allow", equalTo(refused.header("Allow")));
                        compared.add(path);
                    } else {
                        others.add(path + " " + refused.statusCode());
                    }
                });
        assertThat(others).as("a path that is served, and has no PATCH").isEmpty();
        assertThat(compared).hasSizeGreaterThan(40);
    }

    @Test
    void a_content_type_that_names_nothing_is_none() throws IOException {
        for (var path : List.of(
                "/api/v1/notifications",
                "/api/v1/events",
                "/api/v1/webhooks",
                "/api/v1/callbacks/generic/acme",
                "/notify")) {
            for (var type : List.of("", "  ")) {
                assertThat(raw("POST " + path + " HTTP/1.1\r\nHost: a\r\nContent-Type:" + type
                                + "\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}"))
                        .as(path)
                        .containsPattern("^HTTP/1.1 4(15|04) ")
                        .contains(Problem.MEDIA_TYPE);
            }
        }
    }

    @Test
    void a_list_goes_on_for_whoever_names_no_host() throws IOException {
        for (int n = 0; n < 2; n++) {
            given().contentType(ContentType.JSON)
                    .body("{\"channel\": \"email\", \"address\": \"%s@example.com\"}".formatted(ids.next()))
                    .post("/api/v1/suppressions")
                    .then()
                    .statusCode(201);
        }
        assertThat(raw("GET /api/v1/suppressions?limit=1 HTTP/1.0\r\n\r\n"))
                .containsPattern("^HTTP/1.[01] 200 ")
                .containsIgnoringCase("link: </api/v1/suppressions?limit=1&after=");
        assertThat(
                        raw(
                                "GET http://other.example/api/v1/suppressions?limit=1 HTTP/1.1\r\nHost: other.example\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200 ")
                .containsIgnoringCase("link: </api/v1/suppressions?limit=1&after=");
    }

    private static String raw(String request) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), RestAssured.port)) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void whoever_has_the_version_that_holds_is_not_sent_it_again() {
        // Given
        var customer = customer();
        given().contentType(ContentType.JSON)
                .body("{\"optedOut\": true}")
                .put("/api/v1/preferences/" + customer)
                .then()
                .statusCode(201);

        for (var path : List.of(
                "/api/v1/customers/" + customer,
                "/api/v1/preferences/" + customer,
                "/api/v1/templates/ORDER_SHIPPED",
                "/api/v1/rules/order-shipped")) {
            // When
            var tag = given().get(path).then().statusCode(200).extract().header("ETag");

            // Then
            assertThat(tag).as(path).matches("\"[^\"]+\"");
            for (var known : List.of(tag, "W/" + tag, "\"other\", " + tag, "*")) {
                assertThat(given().header("If-None-Match", known)
                                .get(path)
                                .then()
                                .statusCode(304)
                                .header("ETag", tag)
                                .extract()
                                .asString())
                        .as(path)
                        .isEmpty();
            }
            given().header("If-None-Match", "\"other\"").get(path).then().statusCode(200);
            given().header("If-None-Match", tag).head(path).then().statusCode(304);
        }
    }

    static Stream<String> puts() {
        return Stream.of("customers", "preferences", "rules");
    }

    @ParameterizedTest
    @MethodSource("puts")
    void a_put_heeds_what_must_be_in_force(String kind) {
        // Given
        var id = kind.equals("preferences") ? customer() : "http-" + ids.next().toLowerCase();
        var path = Map.of(
                        "customers",
                        "/api/v1/customers/" + id,
                        "preferences",
                        "/api/v1/preferences/" + id,
                        "rules",
                        "/api/v1/rules/" + id)
                .get(kind);

        // Then
        put(kind, id, path, "a", "If-Match", "\"1\"")
                .then()
                .statusCode(412)
                .contentType(Problem.MEDIA_TYPE)
                .body("type", containsString("precondition-failed"));
        put(kind, id, path, "a", "If-Match", "*").then().statusCode(412);
        put(kind, id, path, "a", "If-None-Match", "*").then().statusCode(201).header("Location", equalTo(path));
        put(kind, id, path, "b", "If-None-Match", "*").then().statusCode(412);
        var tag = given().get(path).then().statusCode(200).extract().header("ETag");
        put(kind, id, path, "b", "If-Match", "\"none-of-ours\"").then().statusCode(412);
        put(kind, id, path, "b", "If-None-Match", tag).then().statusCode(412);
        put(kind, id, path, "b", "If-Match", tag).then().statusCode(200);
        put(kind, id, path, "c", "If-Match", tag).then().statusCode(412);
        put(kind, id, path, "c", "If-Match", "*").then().statusCode(200);
        heedsPreconditions(kind, path, (header, value) -> put(kind, id, path, "d", header, value));
    }

    static Stream<Arguments> removals() {
        return Stream.of(
                Arguments.of("/api/v1/customers/%s", "{\"name\": \"N\"}"),
                Arguments.of("/api/v1/rules/http-%s", RULE.replace("%s", "http-%s")),
                Arguments.of(
                        "/api/v1/templates/HTTP%s/draft",
                        "{\"files\": {\"type.yaml\": \"description: A\\ncategory: account_activity\\nchannels: [inbox]\\nvariables:\\n  word: {type: string, required: true, example: hello, description: What to say}\\n\", \"inbox.subject.txt\": \"A\", \"inbox.txt\": \"Say {word}\"}}"));
    }

    @ParameterizedTest
    @MethodSource("removals")
    void a_delete_heeds_what_must_be_in_force(String at, String body) {
        // Given
        var id = at.contains("rules") ? ids.next().toLowerCase() : ids.next();
        var path = at.formatted(id);
        given().delete(path).then().statusCode(404);
        given().header("If-Match", "*").delete(path).then().statusCode(404);
        given().contentType(ContentType.JSON)
                .body(body.replace("%s", id))
                .put(path)
                .then()
                .log()
                .ifValidationFails()
                .statusCode(201)
                .header("Location", equalTo(path));

        // Then
        heedsPreconditions(
                "delete", path, (header, value) -> given().header(header, value).delete(path));
        var tag = given().get(path).then().statusCode(200).extract().header("ETag");
        given().header("If-Match", "\"other\", " + tag)
                .header("If-None-Match", "\"other\"")
                .delete(path)
                .then()
                .statusCode(oneOf(202, 204));
        given().get(path).then().statusCode(404);
    }

    /** What is refused changes nothing. */
    private static void heedsPreconditions(String kind, String path, BiFunction<String, String, Response> change) {
        var tag = given().get(path).then().statusCode(200).extract().header("ETag");
        for (var other :
                List.of("\"none-of-ours\"", "W/" + tag, "W/" + tag + ", \"a,b\"", "\"" + tag + "\"x\"", "\"*\"")) {
            change.apply("If-Match", other).then().statusCode(oneOf(412, 400)).contentType(Problem.MEDIA_TYPE);
        }
        change.apply("If-Match", "W/" + tag).then().statusCode(412);
        for (var same : List.of(tag, "W/" + tag, "*", "\"other\", " + tag)) {
            change.apply("If-None-Match", same).then().statusCode(412).contentType(Problem.MEDIA_TYPE);
        }
        for (var none : List.of("", " ", ",", "\"open", "*, " + tag, "a b")) {
            change.apply("If-Match", none)
                    .then()
                    .statusCode(400)
                    .contentType(Problem.MEDIA_TYPE)
                    .body("detail", startsWith("If-Match must be"));
            change.apply("If-None-Match", none)
                    .then()
                    .statusCode(400)
                    .contentType(Problem.MEDIA_TYPE)
                    .body("detail", startsWith("If-None-Match must be"));
        }
        assertThat(given().get(path).then().statusCode(200).extract().header("ETag"))
                .as(kind)
                .isEqualTo(tag);
    }

    @Test
    void whoever_expects_another_version_changes_nothing_whatever_it_is() {
        var document = given().get("/q/openapi?format=json").jsonPath();
        var tried = new ArrayList<String>();
        document.<Map<String, Map<String, Object>>>get("paths")
                .forEach((path, operations) -> methods(operations).stream()
                        .filter(method -> !method.equals("get")
                                && !path.startsWith("/api/v1/callbacks")
                                && !path.startsWith("/unsubscribe"))
                        .forEach(method -> {
                            var at = path.replaceAll("\\{[^}]+}", "17");
                            var answer = given().header("If-Match", "")
                                    .contentType(ContentType.JSON)
                                    .body("{}")
                                    .request(method, at)
                                    .then()
                                    .extract();
                            assertThat(answer.statusCode())
                                    .as(method + " " + at)
                                    .isEqualTo(400);
                            var other = given().header("If-Match", "\"of-something-else\"")
                                    .contentType(ContentType.JSON)
                                    .body("{}")
                                    .request(method, at)
                                    .then()
                                    .extract();
                            assertThat(other.statusCode())
                                    .as(method + " " + at + other.asString())
                                    .isIn(404, 409, 412, 422);
                            tried.add(at);
                        }));
        assertThat(tried).hasSizeGreaterThan(30);
    }

    static Stream<Arguments> changes() {
        var draft =
                "{\"files\": {\"type.yaml\": \"description: A\\ncategory: account_activity\\nchannels: [inbox]\\nvariables:\\n  word: {type: string, required: true, example: hello, description: What to say}\\n\", \"inbox.subject.txt\": \"A\", \"inbox.txt\": \"Say {word}\"}}";
        return Stream.of(
                Arguments.of(
                        "/api/v1/rules/http-%s",
                        List.of(
                                "PUT " + RULE.replace("%s", "http-%s"),
                                "POST/disable {}",
                                "POST/enable {}",
                                "POST/disable {}",
                                "PUT " + RULE.replace("%s", "http-%s").replace("tried", "tried-b"),
                                "PUT " + RULE.replace("%s", "http-%s"),
                                "POST/enable {}",
                                "DELETE {}",
                                "PUT " + RULE.replace("%s", "http-%s"))),
                Arguments.of(
                        "/api/v1/templates/HTTP%s/draft",
                        List.of(
                                "PUT " + draft,
                                "PUT " + draft,
                                "PUT " + draft.replace("Say", "Tell"),
                                "DELETE {}",
                                "PUT " + draft)),
                Arguments.of(
                        "/api/v1/customers/http-%s",
                        List.of(
                                "PUT {\"name\": \"A\"}",
                                "PUT {\"name\": \"B\"}",
                                "PUT {\"name\": \"A\", \"attributes\": {\"a\": 1}}",
                                "PUT {\"name\": \"A\"}")),
                Arguments.of(
                        "/api/v1/preferences/http-%s",
                        List.of(
                                "PUT {\"optedOut\": true}",
                                "PUT {\"optedOut\": false}",
                                "PUT {\"locale\": \"de\"}",
                                "PUT {\"optedOut\": true}")));
    }

    /** Whatever is done: where the tag is the same, so is all that is shown. */
    @ParameterizedTest
    @MethodSource("changes")
    void a_tag_stands_for_all_that_is_shown(String at, List<String> changes) {
        // Given
        var id = at.contains("rules") ? ids.next().toLowerCase() : ids.next();
        var path = at.formatted(id);
        var shown = new HashMap<String, String>();
        var addresses = new LinkedHashSet<>(List.of(path));
        if (at.contains("preferences")) {
            given().contentType(ContentType.JSON)
                    .body("{}")
                    .put(path.replace("preferences", "customers"))
                    .then()
                    .statusCode(201);
        }

        for (var change : changes) {
            // When
            var parts = change.replace("%s", id).split(" ", 2);
            var method = parts[0].split("/");
            given().contentType(ContentType.JSON)
                    .body(parts[1])
                    .request(method[0], path + (method.length > 1 ? "/" + method[1] : ""))
                    .then()
                    .statusCode(oneOf(200, 201, 204));
            var now = given().get(path);
            if (at.contains("rules") && now.statusCode() == 200) {
                addresses.add(path + "?version=" + now.path("version"));
            }

            // Then
            for (var address : addresses) {
                var answer = given().get(address);
                if (answer.statusCode() == 200) {
                    var tag = answer.header("ETag");
                    assertThat(shown.computeIfAbsent(tag, none -> answer.asString()))
                            .as(change + ": " + tag)
                            .isEqualTo(answer.asString());
                    shown.keySet().stream()
                            .filter(other -> !other.equals(tag))
                            .forEach(other -> given().header("If-None-Match", other)
                                    .get(address)
                                    .then()
                                    .statusCode(200));
                }
            }
        }
        assertThat(shown).hasSizeGreaterThan(1);
    }

    @Test
    void whoever_saw_a_rule_before_it_was_switched_does_not_change_it() {
        // Given
        var id = "http-" + ids.next().toLowerCase();
        var path = "/api/v1/rules/" + id;
        put("rules", id, path, "a", "If-None-Match", "*").then().statusCode(201);
        var before = given().get(path).then().statusCode(200).extract();
        var version = '"' + before.<String>path("version") + '"';
        given().header("If-Match", version).post(path + "/enable").then().statusCode(200);

        // When
        var off = given().header("If-Match", before.header("ETag"))
                .post(path + "/disable")
                .then()
                .statusCode(200)
                .body("enabled", equalTo(false))
                .extract()
                .header("ETag");

        // Then
        assertThat(given().get(path).header("ETag")).isEqualTo(off).isNotEqualTo(before.header("ETag"));
        given().header("If-None-Match", before.header("ETag"))
                .get(path)
                .then()
                .statusCode(200)
                .body("enabled", equalTo(false));
        for (var old : List.of(before.header("ETag"), version)) {
            put("rules", id, path, "b", "If-Match", old).then().statusCode(412).contentType(Problem.MEDIA_TYPE);
            given().header("If-Match", old).post(path + "/enable").then().statusCode(412);
            given().header("If-Match", old).delete(path).then().statusCode(412);
        }
        given().header("If-None-Match", off).post(path + "/enable").then().statusCode(412);
        given().header("If-Match", off).delete(path).then().statusCode(204);
    }

    @Test
    void what_has_no_versions_has_none_that_is_expected() {
        // Given
        var path = given().contentType(ContentType.JSON)
                .body("{\"url\": \"https://shop.example.com/versions\"}")
                .post("/api/v1/webhooks")
                .then()
                .statusCode(201)
                .extract()
                .header("Location");

        // Then
        for (var refused :
                List.of(Map.of("If-Match", "\"1\""), Map.of("If-Match", "W/\"1\""), Map.of("If-None-Match", "*"))) {
            given().headers(refused).delete(path).then().statusCode(412).contentType(Problem.MEDIA_TYPE);
        }
        given().get(path).then().statusCode(200);
        given().header("If-Match", "*").delete(path).then().statusCode(204);
    }

    @Test
    void what_was_read_must_be_what_is_expected() {
        var path = "/api/v1/customers/" + customer();

        given().header("If-Match", "\"1\"").get(path).then().statusCode(200);
        given().header("If-Match", "W/\"1\"")
                .get(path)
                .then()
                .statusCode(412)
                .contentType(Problem.MEDIA_TYPE)
                .body("instance", equalTo(path));
        given().header("If-None-Match", "\"open").get(path).then().statusCode(400);
        given().header("If-None-Match", "\"7\"")
                .header("If-None-Match", "\"1\"")
                .get(path)
                .then()
                .statusCode(304);
    }

    @Test
    void what_is_created_is_where_location_says() {
        // Given
        var customer = customer();
        var made = Map.of(
                "/api/v1/webhooks", "{\"url\": \"https://shop.example.com/created\"}",
                "/api/v1/api-keys", "{\"label\": \"created\", \"roles\": [\"reader\"]}",
                "/api/v1/suppressions", "{\"channel\": \"email\", \"address\": \"" + customer + "@example.com\"}",
                "/api/v1/notifications",
                        "{\"type\": \"ORDER_SHIPPED\", \"customerId\": \"" + customer
                                + "\", \"context\": {\"orderId\": \"o\"}}",
                "/notify",
                        "{\"notification_type\": \"ORDER_SHIPPED\", \"customer_id\": \"" + customer
                                + "\", \"context\": {\"order_id\": \"o\"}}");

        made.forEach((path, body) -> {
            // When
            var answer = given().contentType(ContentType.JSON)
                    .body(body)
                    .post(path)
                    .then()
                    .log()
                    .ifValidationFails()
                    .statusCode(oneOf(201, 202))
                    .extract();

            // Then
            assertThat(answer.header("Location"))
                    .as(path)
                    .startsWith(path.equals("/notify") ? "/api/v1/notifications/" : path + "/");
            given().get(answer.header("Location")).then().statusCode(200);
            if (answer.statusCode() == 201) {
                given().delete(answer.header("Location")).then().statusCode(204);
                given().get(answer.header("Location")).then().statusCode(404);
            }
        });
        given().get("/api/v1/api-keys/none").then().statusCode(404);
        given().get("/api/v1/suppressions/none").then().statusCode(404);
    }

    @Test
    void a_body_that_is_asked_for_says_what_it_is() {
        var document = given().get("/q/openapi?format=json").jsonPath();
        var asked = new ArrayList<String>();
        document.<Map<String, Map<String, Map<String, Object>>>>get("paths")
                .forEach((path, operations) -> operations.forEach((method, operation) -> {
                    if (!List.of("post", "put").contains(method)
                            || path.startsWith("/demo")
                            || path.startsWith("/api/v1/callbacks")) {
                        return;
                    }
                    var at = path.replaceAll("\\{[^}]+}", "17");
                    var status = given().noContentType().request(method, at).statusCode();
                    if (operation.get("requestBody") == null) {
                        assertThat(status).as(method + " " + at).isNotEqualTo(415);
                        return;
                    }
                    assertThat(status).as(method + " " + at).isEqualTo(415);
                    for (var type : List.of(
                            "*/*",
                            "application/*",
                            "application/json;charset=klingon",
                            "application/json;charset=\"\\u00e9\"",
                            "text/x-nothing",
                            "json")) {
                        given().header("Content-Type", type)
                                .body("{}".getBytes(StandardCharsets.UTF_8))
                                .request(method, at)
                                .then()
                                .statusCode(415)
                                .contentType(Problem.MEDIA_TYPE);
                    }
                    asked.add(at);
                }));
        assertThat(asked).hasSizeGreaterThan(14);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/events", "/notify"})
    void whoever_compresses_a_body_is_told_not_to(String path) {
        given().header("Content-Encoding", "gzip")
                .contentType(ContentType.JSON)
                .body("{}")
                .post(path)
                .then()
                .statusCode(415)
                .contentType(Problem.MEDIA_TYPE)
                .header("Accept-Encoding", "identity");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            value = {
                "text/html > text/html > <!doctype html",
                "text/html,application/xml;q=0.9,*/* > text/html > <!doctype html",
                "text/markdown > text/markdown > # Nothing here",
                "text/plain > text/plain > # Nothing here",
                "application/json > application/json > {\"type\":\"https://carillon.dev/problems/not-found\"",
                "application/problem+json > text/plain > # Nothing here",
                "image/png > text/plain > # Nothing here",
                "*/* > text/plain > # Nothing here",
                "text/plain; q=0.1, application/json > application/json > {"
            })
    void what_a_type_names_is_served_as_it_is_asked_for(String accept, String type, String begin) {
        given().header("Accept", accept)
                .get("/problems/not-found")
                .then()
                .statusCode(200)
                .contentType(startsWith(type))
                .header("Vary", containsString("Accept"))
                .body(startsWith(begin));
    }

    @Test
    void of_many_who_saw_the_same_version_one_changes_it() throws Exception {
        // Given
        var path = "/api/v1/customers/" + customer();

        // When
        var answers = together(IntStream.range(0, 20)
                .mapToObj(n -> request(path)
                        .header("If-Match", "\"1\"")
                        .PUT(json("{\"name\": \"N" + n + "\"}"))
                        .build())
                .toList());

        // Then
        assertThat(answers.stream().map(HttpResponse::statusCode))
                .containsOnlyOnce(200)
                .contains(412)
                .allMatch(status -> status == 200 || status == 412);
    }

    @Test
    void there_are_no_more_webhooks_than_there_may_be_however_many_are_asked_for_at_once() throws Exception {
        // Given
        given().get("/api/v1/webhooks")
                .then()
                .extract()
                .jsonPath()
                .<String>getList("id")
                .forEach(id -> given().delete("/api/v1/webhooks/" + id).then().statusCode(204));

        // When
        var answers = together(IntStream.range(0, 60)
                .mapToObj(n -> request("/api/v1/webhooks")
                        .POST(json("{\"url\": \"https://shop.example.com/" + n + "\"}"))
                        .build())
                .toList());

        // Then
        assertThat(answers.stream().filter(answer -> answer.statusCode() == 201))
                .hasSize(20)
                .allSatisfy(
                        made -> assertThat(made.headers().firstValue("Location").orElseThrow())
                                .matches(".*/api/v1/webhooks/[0-9A-Z]{26}"));
        assertThat(answers.stream().filter(answer -> answer.statusCode() == 409))
                .hasSize(40);
        List<String> all =
                given().get("/api/v1/webhooks").then().extract().jsonPath().getList("id");
        assertThat(all).hasSize(20);
        all.forEach(id -> given().delete("/api/v1/webhooks/" + id).then().statusCode(204));
    }

    @Test
    void a_page_says_where_the_next_one_is() {
        // Given
        for (int n = 0; n < 3; n++) {
            given().contentType(ContentType.JSON)
                    .body("{\"channel\": \"email\", \"address\": \"%s@example.com\"}".formatted(ids.next()))
                    .post("/api/v1/suppressions")
                    .then()
                    .statusCode(201);
        }

        // When
        var first = given().get("/api/v1/suppressions?channel=email&limit=2")
                .then()
                .statusCode(200)
                .extract();

        // Then
        assertThat(first.header("Link"))
                .isEqualTo(
                        "</api/v1/suppressions?channel=email&limit=2&after=" + first.path("next") + ">; rel=\"next\"");
        var next = first.header("Link").replaceFirst("<(.*)>.*", "$1");
        given().urlEncodingEnabled(false)
                .get(next)
                .then()
                .statusCode(200)
                .body(
                        "suppressions.size()",
                        equalTo(
                                given().get("/api/v1/suppressions?channel=email&limit=500")
                                                                .then()
                                                                .extract()
                                                                .jsonPath()
                                                                .getList("suppressions")
                                                                .size()
                                                        - 2
                                                >= 2
                                        ? 2
                                        : 1));
        given().get("/api/v1/suppressions?channel=email&limit=500").then().header("Link", nullValue());
    }

    @Test
    void what_is_about_somebody_or_secret_is_kept_by_nobody_in_between() {
        var customer = customer();
        for (var path : List.of(
                "/api/v1/customers/" + customer,
                "/api/v1/preferences/" + customer,
                "/api/v1/notifications",
                "/api/v1/events",
                "/api/v1/webhooks",
                "/api/v1/api-keys",
                "/api/v1/suppressions",
                "/api/v1/dead-letters",
                "/audit/" + customer,
                "/api/v1/customers/nobody-at-all",
                "/nowhere")) {
            given().get(path).then().header("Cache-Control", containsString("no-store"));
        }
        given().get("/api/v1/templates/ORDER_SHIPPED")
                .then()
                .header("Cache-Control", "no-cache")
                .header("Vary", "Accept-Encoding");
    }

    @Test
    void answers_are_compressed_for_whoever_takes_them_so() throws Exception {
        for (var path : List.of("/api/v1/rules", "/api/v1/templates")) {
            var compressed =
                    send(request(path).header("Accept-Encoding", "gzip").build());
            assertThat(compressed.headers().firstValue("Content-Encoding"))
                    .as(path)
                    .contains("gzip");
            assertThat(send(request(path).build()).headers().firstValue("Content-Encoding"))
                    .as(path)
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/rules",
                "/q/openapi",
                "/healthz/live",
                "/q/health",
                "/problems/not-found",
                "/docs",
                "/nowhere"
            })
    void pages_of_other_sites_are_told_nothing(String path) {
        var answer = given().header("Origin", "https://elsewhere.example")
                .get(path)
                .then()
                .extract();
        assertThat(answer.headers().asList().stream()
                        .map(header -> header.getName().toLowerCase()))
                .noneMatch(name -> name.startsWith("access-control"));

        var asked = given().header("Origin", "https://elsewhere.example")
                .header("Access-Control-Request-Method", "POST")
                .options(path)
                .then()
                .extract();
        assertThat(asked.headers().asList().stream()
                        .map(header -> header.getName().toLowerCase()))
                .noneMatch(name -> name.startsWith("access-control"));
    }

    @ParameterizedTest
    @EnumSource(ProblemType.class)
    void what_a_type_names_is_served(ProblemType type) {
        given().get(type.uri().getPath())
                .then()
                .statusCode(200)
                .contentType(ContentType.TEXT)
                .body(startsWith("# " + type.title()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/problems/nothing-we-know", "/problems/..%2f..%2fapplication.properties", "/problems/NOT-FOUND"
            })
    void what_no_type_names_is_not(String path) {
        given().urlEncodingEnabled(false).get(path).then().statusCode(404).contentType(Problem.MEDIA_TYPE);
    }

    @Test
    void an_id_with_control_characters_is_no_id_wherever_it_stands() {
        var tried = new ArrayList<String>();
        var document = given().get("/q/openapi?format=json").jsonPath();
        document.<Map<String, Map<String, Object>>>get("paths")
                .forEach((path, operations) -> methods(operations).forEach(method -> {
                    for (var bad : List.of("a%00b", "%01", "a%0Ab", "%C0%80", "%FF", "%7F")) {
                        var at = path.contains("{")
                                ? path.replaceAll("\\{[^}]+}", bad)
                                : path + "?after=" + bad + "&customerId=" + bad + "&eventId=" + bad;
                        var answer = given().urlEncodingEnabled(false)
                                .contentType(ContentType.JSON)
                                .body("{}")
                                .request(method, at)
                                .then()
                                .extract();
                        assertThat(answer.statusCode()).as(method + " " + at).isIn(400, 404);
                        assertThat(answer.contentType()).as(method + " " + at).startsWith(Problem.MEDIA_TYPE);
                        tried.add(at);
                    }
                }));
        assertThat(tried).hasSizeGreaterThan(100);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "POST /api/v1/events HTTP/1.1|Host: a|Content-Length: 2                                                             ; 415 ; A body needs a Content-Type",
                "PUT /api/v1/customers/c HTTP/1.1|Host: a|Transfer-Encoding: chunked                                                ; 415 ; A body needs a Content-Type",
                "POST /api/v1/events HTTP/1.1|Host: a|Content-Type: application/json|Content-Encoding: gzip|Content-Length: 2       ; 415 ; A body must not be compressed",
                "POST /api/v1/events HTTP/1.1|Host: a|Content-Type: application/json|Content-Encoding: br|Content-Length: 2         ; 415 ; A body must not be compressed",
                "POST /api/v1/events HTTP/1.1|Host: a|Content-Type: application/json|Transfer-Encoding: gzip, chunked               ; 400 ; no other Transfer-Encoding",
                "GET /api/v1/events HTTP/1.1|Accept: */*                                                                            ; 400 ; bad-request",
                "GET /api/v1/events HTTP/1.1|Host: a|Host: b                                                                        ; 400 ; bad-request",
                "GET /api/v1/events HTTP/1.1|Host: a b                                                                              ; 400 ; bad-request",
                "POST /api/v1/webhooks HTTP/1.1|Host: a|Content-Type: application/json|Content-Length: 1048577                      ; 413 ; at most 1048576 bytes",
                "GET /healthz/live HTTP/1.1|Host: a|Content-Length: 65537                                                           ; 413 ; at most 65536 bytes",
                "POST /api/v1/callbacks/sendgrid HTTP/1.1|Host: a|Content-Type: application/json|Content-Length: 9622503            ; 404 ; not configured"
            })
    void a_head_that_cannot_be_meant_is_answered_before_its_body(String head, int status, String why) throws Exception {
        try (var connection = new Socket(service.getHost(), service.getPort())) {
            connection
                    .getOutputStream()
                    .write((head.strip().replace("|", "\r\n") + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            connection.setSoTimeout(20_000);
            var answer = new StringBuilder();
            while (!answer.toString().endsWith("}")) {
                var next = connection.getInputStream().read();
                assertThat(next).as(answer.toString()).isNotNegative();
                answer.append((char) next);
            }
            assertThat(answer.toString())
                    .startsWith("HTTP/1.1 " + status + " ")
                    .contains("application/problem+json", why);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 9_000, 12_000, 100_000, 250_000})
    void a_body_comes_through_whole_however_long_it_is(int length) {
        var event =
                "{\"event_type\": \"http.long\", \"user_id\": \"u\", \"event_timestamp\": \"2026-01-01T00:00:00Z\", \"event_id\": \""
                        + ids.next() + "\", \"properties\": {\"text\": \"" + "x".repeat(length) + "\"}}";
        given().contentType(ContentType.JSON)
                .body(event)
                .post("/api/v1/events")
                .then()
                .statusCode(202)
                .body("accepted", equalTo(1));
    }

    private String customer() {
        var id = "http-" + ids.next();
        given().contentType(ContentType.JSON)
                .body("{\"name\": \"N\"}")
                .put("/api/v1/customers/" + id)
                .then()
                .statusCode(201)
                .header("Location", containsString("/api/v1/customers/" + id));
        return id;
    }

    private static Response put(String kind, String id, String path, String content, String header, String value) {
        var body = switch (kind) {
            case "customers" -> "{\"name\": \"" + content + "\"}";
            case "preferences" -> "{\"categories\": {\"promotions\": " + !content.equals("b") + "}}";
            default -> RULE.formatted(id).replace("http.tried", "http.tried-" + content);
        };
        return given().contentType(ContentType.JSON)
                .header(header, value)
                .body(body)
                .put(path);
    }

    private static List<String> methods(Map<String, Object> operations) {
        return operations.keySet().stream()
                .filter(name -> List.of("get", "put", "post", "delete").contains(name))
                .toList();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(service.resolve(path)).header("Content-Type", "application/json");
    }

    private static HttpRequest.BodyPublisher json(String body) {
        return HttpRequest.BodyPublishers.ofString(body);
    }

    private static HttpResponse<String> send(HttpRequest request) throws Exception {
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static List<HttpResponse<String>> together(List<HttpRequest> requests) {
        var client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        return requests.stream()
                .map(request -> client.sendAsync(request, HttpResponse.BodyHandlers.ofString()))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();
    }
}
