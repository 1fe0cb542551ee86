package dev.carillon.platform.telemetry;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.testing.PackagedService;
import dev.carillon.testing.PackagedTest;
import dev.carillon.testing.Production;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** What Prometheus gets in production, and how it gets in. */
@PackagedTest
@ResourceLock(Production.SHARED)
class MetricsIT {

    private static final Pattern URI = Pattern.compile("http_server_requests_seconds_count\\{[^}]*uri=\"([^\"]*)\"");
    private static final Pattern METHOD = Pattern.compile("http_server_[^{]*\\{[^}]*method=\"([^\"]*)\"");
    private static final Pattern FAMILY = Pattern.compile("^# TYPE (carillon_\\w+) ", Pattern.MULTILINE);

    private static PackagedService service;

    @BeforeAll
    static void start() {
        service = Production.service();
    }

    /** An address, a token and a path of every kind that never comes to an endpoint. */
    @Test
    void no_path_that_was_asked_for_is_a_label() throws Exception {
        // Given
        var canary = "canary" + UUID.randomUUID().toString().substring(0, 8);
        var path = "/" + canary + "@example.com";

        // When
        request().get(path).then().statusCode(401);
        admin().get(path).then().statusCode(404);
        admin().get("/api/v1/customers" + path).then().statusCode(404);
        admin().post("/api/v1/customers" + path).then().statusCode(405);
        admin().request(canary.toUpperCase(), "/api/v1/templates");
        admin().header("Accept", "image/png").get("/api/v1/customers" + path);
        request().get("/unsubscribe" + path).then().statusCode(404);
        request().post("/api/v1/callbacks" + path);
        for (var head : List.of(
                "GET " + path + " HTTP/1.1\r\nBad Header\r\n\r\n",
                "GET /%zz" + path + " HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET " + path + " HTTP/9.9\r\n\r\n",
                "GET " + path.substring(1) + " HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET http://x" + path + " HTTP/1.1\r\nHost: x\r\n\r\n",
                "CONNECT " + canary + ":443 HTTP/1.1\r\nHost: x\r\n\r\n",
                "POST " + path + " HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\nTransfer-Encoding: chunked\r\n\r\n",
                "POST " + path + " HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999\r\n\r\n",
                canary.toUpperCase() + " " + path + " HTTP/1.1\r\nHost: x\r\n\r\n",
                "OPTIONS " + path
                        + " HTTP/1.1\r\nHost: x\r\nOrigin: http://x\r\nAccess-Control-Request-Method: GET\r\n\r\n",
                "GET " + path + " HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n",
                "GET /" + canary.repeat(500) + " HTTP/1.1\r\nHost: x\r\n\r\n")) {
            answered(head);
        }
        brokenOff("POST /api/v1/notifications/" + canary + " HTTP/1.1\r\nHost: x\r\nX-API-Key: " + Production.ADMIN_KEY
                + "\r\nContent-Length: 100\r\n\r\n{");

        // Then
        await().atMost(Duration.ofSeconds(20)).until(() -> scraped().contains("uri=\"UNKNOWN\""));
        assertThat(scraped().toLowerCase())
                .doesNotContain(canary)
                .doesNotContain("@example.com")
                .doesNotContain(Production.ADMIN_KEY);
        assertThat(METHOD.matcher(scraped()).results().map(found -> found.group(1)))
                .isSubsetOf("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "UNKNOWN");
    }

    @Test
    void junk_does_not_crowd_out_what_is_served() {
        // When
        for (int n = 0; n < 300; n++) {
            request().get("/junk/" + n).then().statusCode(401);
        }
        admin().get("/api/v1/event-types").then().statusCode(200);
        admin().get("/api/v1/suppressions").then().statusCode(200);

        // Then
        await().atMost(Duration.ofSeconds(20))
                .until(() -> labels().containsAll(List.of("/api/v1/event-types", "/api/v1/suppressions", "UNKNOWN")));
        assertThat(labels()).noneMatch(label -> label.contains("junk"));
        assertThat(labels()).allMatch(label -> label.equals("UNKNOWN") || label.matches("/[a-z0-9/{}A-Z._-]*"));
    }

    @Test
    void every_meter_of_ours_says_what_it_is() throws Exception {
        // Given
        admin().body(Map.of("name", "M", "email", "m@example.com"))
                .put("/api/v1/customers/of-metrics")
                .then()
                .statusCode(201);
        admin().body(Map.of("type", "ORDER_SHIPPED", "customerId", "of-metrics", "context", Map.of("orderId", "o")))
                .post("/api/v1/notifications")
                .then()
                .statusCode(202);
        admin().body(List.of(Map.of(
                        "user_id",
                        "of-metrics",
                        "event_type",
                        "link_bank_success",
                        "event_timestamp",
                        "2026-01-01T00:00:00Z",
                        "properties",
                        Map.of())))
                .post("/api/v1/events")
                .then()
                .statusCode(202);
        request()
                .header("X-API-Key", "ck_wrong")
                .get("/api/v1/templates")
                .then()
                .statusCode(401);

        // Then
        await().atMost(Duration.ofSeconds(20))
                .until(() -> families()
                        .containsAll(List.of(
                                "carillon_deliveries",
                                "carillon_decisions",
                                "carillon_notifications",
                                "carillon_events_appended",
                                "carillon_intake_waiting",
                                "carillon_events_waiting",
                                "carillon_queue_age_seconds",
                                "carillon_authentication_failures")));
        var scraped = scraped();
        assertThat(families())
                .allSatisfy(
                        family -> assertThat(scraped).containsPattern("(?m)^# HELP " + family + "(_total)? \\S.*$"));
    }

    @Test
    void a_key_for_metrics_opens_them_and_nothing_else() {
        var metrics = key("[\"metrics\"]");

        request()
                .header("Authorization", "Bearer " + metrics)
                .get("/q/metrics")
                .then()
                .statusCode(200);
        request().header("X-API-Key", metrics).get("/q/metrics").then().statusCode(200);
        for (var path : List.of(
                "/api/v1/templates",
                "/api/v1/customers/of-metrics",
                "/api/v1/api-keys",
                "/api/v1/events",
                "/api/v1/webhooks")) {
            forbidden(request().header("X-API-Key", metrics).get(path));
        }
        forbidden(request()
                .header("X-API-Key", key("[\"reader\", \"sender\", \"publisher\"]"))
                .get("/q/metrics"));
        request().get("/q/metrics").then().statusCode(401);
    }

    private static void forbidden(Response answer) {
        answer.then().statusCode(403).contentType("application/problem+json");
    }

    private static String scraped() {
        return request()
                .header("Authorization", "Bearer " + Production.ADMIN_KEY)
                .get("/q/metrics")
                .then()
                .statusCode(200)
                .extract()
                .asString();
    }

    private static List<String> labels() {
        return URI.matcher(scraped())
                .results()
                .map(found -> found.group(1))
                .distinct()
                .toList();
    }

    private static List<String> families() {
        return FAMILY.matcher(scraped())
                .results()
                .map(found -> found.group(1).replaceFirst("_total$", ""))
                .toList();
    }

    private static String key(String roles) {
        return admin().body("{\"label\": \"x\", \"roles\": " + roles + "}")
                .post("/api/v1/api-keys")
                .then()
                .statusCode(201)
                .extract()
                .path("key");
    }

    /** Sends a head and waits for whatever comes of it: an answer, the end, or that it is broken off. */
    private static void answered(String head) throws IOException {
        try (var socket =
                new Socket(InetAddress.getLoopbackAddress(), service.uri("").getPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            socket.getInputStream().read();
        } catch (SocketException brokenOff) {
            // which is an answer, too: what is looked at is how it was counted
        }
    }

    private static void brokenOff(String head) throws Exception {
        try (var socket =
                new Socket(InetAddress.getLoopbackAddress(), service.uri("").getPort())) {
            socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
        }
    }

    private static RequestSpecification admin() {
        return request().contentType(ContentType.JSON).header("X-API-Key", Production.ADMIN_KEY);
    }

    private static RequestSpecification request() {
        return given().baseUri(service.uri("").toString());
    }
}
