package dev.carillon.platform.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import dev.carillon.platform.rest.Problem;
import dev.carillon.testing.PackagedService;
import dev.carillon.testing.PackagedTest;
import dev.carillon.testing.Production;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever refuses in production, the parser, the router or the framework's own policies: the caller is told what was wrong. */
@PackagedTest
@ResourceLock(Production.SHARED)
class RefusalsIT {

    private static PackagedService service;

    @BeforeAll
    static void start() {
        service = Production.service();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            value = {
                "GET /%zz HTTP/1.1                  > 400", "GET /a%2 HTTP/1.1                  > 400",
                        "GET /healthz/live?a=%zz HTTP/1.1   > 400",
                "GET /a|b HTTP/1.1                  > 400", "GET /a^b HTTP/1.1                  > 400",
                        "GET /a\"b HTTP/1.1                 > 400",
                "GET /{a} HTTP/1.1                  > 400", "GET /api/v1/rules?a=b|c HTTP/1.1   > 400",
                        "GET /a\\b HTTP/1.1                 > 400",
                "GET /\1 HTTP/1.1                   > 400", "GET /\0 HTTP/1.1                   > 400",
                        "GET /\177 HTTP/1.1                 > 400",
                "GET healthz/live HTTP/1.1          > 400", "GET * HTTP/1.1                     > 400",
                        "GET ? HTTP/1.1                     > 400",
                "GET : HTTP/1.1                     > 400", "GET mailto:a@b HTTP/1.1            > 400",
                        "GET http://[::1 HTTP/1.1           > 400",
                "GET /healthz/live XTTP/1.1         > 400", "GET /healthz/live                  > 400",
                        "G@T /healthz/live HTTP/1.1         > 400",
                "CONNECT host:443 HTTP/1.1          > 501", "CONNECT /healthz/live HTTP/1.1     > 501",
                        "BREW /healthz/live HTTP/1.1        > 501",
                "get /healthz/live HTTP/1.1         > 501", "GET /healthz/live HTTP/9.9         > 505",
                        "PRI * HTTP/2.0                     > 505",
                "OPTIONS * HTTP/1.1                 > 404", "TRACE /api/v1/rules HTTP/1.1       > 401",
                        "GET /%00 HTTP/1.1                  > 404"
            })
    void a_request_line_that_cannot_be_meant_is_answered_with_a_problem(String line, int status) throws IOException {
        var answer = answer(line);

        assertThat(answer)
                .startsWith("HTTP/1.1 " + status + " ")
                .containsIgnoringCase("content-type: " + Problem.MEDIA_TYPE);
        var problem = new JsonPath(answer.substring(answer.indexOf("\r\n\r\n")));
        assertThat(problem.getInt("status")).isEqualTo(status);
        assertThat(problem.getString("type")).startsWith("https://carillon.dev/problems/");
        assertThat(problem.getString("detail")).isNotBlank();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /healthz/live HTTP/1.0",
                "GET http://elsewhere/healthz/live HTTP/1.1",
                "GET //healthz/live HTTP/1.1",
                "GET /healthz/live?a=%C3%A9&b=/?:@!$'()*+,; HTTP/1.1"
            })
    void one_that_can_be_is_served(String line) throws IOException {
        assertThat(answer(line)).startsWith("HTTP/1.").contains(" 200 OK");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /docs",
                "GET /docs/",
                "OPTIONS /api/v1/rules",
                "HEAD /api/v1/customers/nobody",
                "GET /healthz/live",
                "GET /q/openapi",
                "GET /nowhere"
            })
    void an_answer_that_is_not_compressed_does_not_say_how(String line) throws IOException {
        var key = " HTTP/1.1\r\nX-API-Key: " + Production.ADMIN_KEY + "\r\nAccept-Encoding: ";
        for (var encodings : new String[] {"identity", "gzip", "br"}) {
            assertThat(answer(line + key + encodings))
                    .startsWith("HTTP/1.1 ")
                    .doesNotContainIgnoringCase("content-encoding: identity");
        }
    }

    @Test
    void metrics_say_who_may_read_them() {
        // Given
        var sender = key("sender");

        // Then
        request()
                .get("/q/metrics")
                .then()
                .statusCode(401)
                .contentType(Problem.MEDIA_TYPE)
                .header("WWW-Authenticate", containsString("Bearer"))
                .body("type", endsWith("/unauthenticated"))
                .body("instance", equalTo("/q/metrics"));
        request()
                .header("Authorization", "Bearer ck_wrong")
                .get("/q/metrics")
                .then()
                .statusCode(401)
                .contentType(Problem.MEDIA_TYPE)
                .header("WWW-Authenticate", containsString("Bearer"));
        request()
                .header("X-API-Key", sender)
                .get("/q/metrics")
                .then()
                .statusCode(403)
                .contentType(Problem.MEDIA_TYPE)
                .body("type", endsWith("/forbidden"))
                .body("roles", containsInAnyOrder("admin", "metrics"))
                .body("detail", endsWith("admin, metrics"));
        request().header("X-API-Key", key("metrics")).get("/q/metrics").then().statusCode(200);
        request()
                .header("X-API-Key", sender)
                .get("/q/nothing")
                .then()
                .statusCode(404)
                .contentType(Problem.MEDIA_TYPE)
                .body("roles", nullValue());
        request()
                .get("/q/nothing")
                .then()
                .statusCode(401)
                .contentType(Problem.MEDIA_TYPE)
                .header("WWW-Authenticate", containsString("Bearer"));
    }

    private static String key(String role) {
        return request()
                .contentType(ContentType.JSON)
                .header("X-API-Key", Production.ADMIN_KEY)
                .body("{\"label\": \"refused\", \"roles\": [\"" + role + "\"]}")
                .post("/api/v1/api-keys")
                .then()
                .statusCode(201)
                .extract()
                .path("key");
    }

    private static String answer(String line) throws IOException {
        try (var socket =
                new Socket(InetAddress.getLoopbackAddress(), service.uri("").getPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream()
                    .write((line + "\r\nHost: a\r\nConnection: close\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static RequestSpecification request() {
        return given().baseUri(service.uri("").toString());
    }
}
