package dev.carillon.platform.rest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever goes wrong is answered in one form, and says nothing of the inside. */
@QuarkusTest
class ProblemsTest {

    private static final String PATH = "/api/v1/notifications";

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '|',
            value = {
                "{\"type\":                         ; JSON cannot be read at line 1, column 9",
                "{\"type\":\"A\",}                   ; JSON cannot be read at line 1, column 13",
                "{\"context\":{\"a\":{\"b\":tru}}}   ; JSON cannot be read at line 1, column 22",
                "{\"type\":\"A\",\"type\":\"B\"}     ; A property appears twice at line 1, column 19",
                "{\"context\":{\"a\":1,\"a\":2}}     ; A property appears twice at line 1, column 22",
                "{} {}                               ; Something follows the JSON value at line 1, column 4",
                "nonsense                            ; JSON cannot be read at line 1, column 1"
            })
    void text_that_is_no_json_is_a_400_with_its_place(String body, String detail) {
        problem(json(body).post(PATH), 400, "malformed-json").body("detail", equalTo(detail));
    }

    @Test
    void json_beyond_the_limits_is_refused_with_the_limits() {
        var deep = "{\"context\":" + "{\"a\":".repeat(100) + "1" + "}".repeat(101);

        problem(json(deep).post(PATH), 400, "malformed-json")
                .body("detail", startsWith("JSON must not be nested deeper than 64 levels"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '|',
            nullValues = "NONE",
            value = {
                "{\"type\":5,\"customerId\":\"c\"}         ; /type       ; must be a string",
                "{\"type\":true,\"customerId\":\"c\"}      ; /type       ; must be a string",
                "{\"type\":{},\"customerId\":\"c\"}        ; /type       ; must be a string",
                "{\"type\":\"A\",\"customerId\":[]}        ; /customerId ; must be a string",
                "{\"type\":\"A\",\"context\":\"x\"}        ; /context    ; must be an object",
                "{\"type\":\"A\",\"context\":[1]}          ; /context    ; must be an object",
                "{\"type\":\"A\",\"a/b~c\":1}              ; /a~1b~0c    ; is not a known property",
                "{\"type\":\"A\",\"customerId\":\"\"}      ; /customerId ; must have 1 to 200 characters",
                "{\"type\":\"A\"}                          ; /customerId ; is required",
                "{\"customerId\":\"c\"}                    ; /type       ; is required",
                "{\"type\":\"A\",\"customerId\":\"a\\u0000\"} ; /customerId ; the text must hold no NUL character",
                "{\"type\":\"A\",\"customerId\":\"a\\u0007\"} ; /customerId ; must hold no control characters",
                "null                                      ; ||          ; is required",
                "[]                                        ; ||          ; must be an object",
                "\"x\"                                     ; ||          ; must be an object",
                "||                                        ; ||          ; is required"
            })
    void a_field_that_does_not_fit_is_a_422_that_points_at_it(String body, String pointer, String detail) {
        problem(json(body).post(PATH), 422, "validation")
                .body("detail", equalTo("1 field is not valid"))
                .body("errors[0].pointer", equalTo(pointer))
                .body("errors[0].detail", equalTo(detail));
    }

    @Test
    void every_invalid_field_is_named() {
        problem(json("{\"context\":null,\"businessKey\":\"\"}").post(PATH), 422, "validation")
                .body("detail", equalTo("3 fields are not valid"))
                .body("errors.pointer", is(List.of("/businessKey", "/customerId", "/type")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/nope",
                "/api/v1/nope",
                "/q/nope",
                "/healthz/nope",
                "/api/v1/preferences/",
                "/api/v1/notifications/a/b"
            })
    void a_path_nobody_serves_is_a_404(String path) {
        problem(given().get(path), 404, "not-found");
    }

    @Test
    void another_method_is_a_405() {
        problem(json("{}").put(PATH), 405, "method-not-allowed");
        problem(json("{}").patch(PATH), 405, "method-not-allowed");
        problem(given().delete("/notify"), 405, "method-not-allowed");
    }

    @Test
    void another_media_type_is_a_415() {
        problem(given().contentType(ContentType.XML).body("<a/>").post(PATH), 415, "unsupported-media-type");
    }

    @Test
    void an_accept_header_that_excludes_json_is_a_406() {
        problem(given().accept("text/csv").get("/api/v1/customers/cust-001"), 406, "not-acceptable");
    }

    @Test
    void a_body_beyond_the_limit_is_a_413_that_names_the_limit() {
        var large = "{\"type\":\"" + "a".repeat(10 * 1024 * 1024) + "\"}";

        problem(json(large).post(PATH + "/batch"), 413, "too-large")
                .body("limit", equalTo(10485760))
                .body("detail", containsString("10485760 bytes"));
    }

    @Test
    void head_and_options_answer_without_a_body() {
        given().head("/api/v1/customers/cust-001").then().statusCode(200);
        given().head("/api/v1/customers/nobody").then().statusCode(404).contentType(Problem.MEDIA_TYPE);
        given().head("/nope").then().statusCode(404).contentType(Problem.MEDIA_TYPE);
        given().options(PATH).then().statusCode(200).header("Allow", containsString("POST"));
    }

    @Test
    void too_much_waiting_is_a_503_that_says_when_to_come_back() {
        problem(given().get("/test/failures/overloaded"), 503, "overloaded").header("Retry-After", "1");
    }

    @Test
    void a_database_that_is_away_is_a_503() {
        problem(given().get("/test/failures/database-away"), 503, "unavailable")
                .header("Retry-After", "1")
                .body(not(containsString("10.0.0.1")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sql", "bug"})
    void a_bug_is_a_500_that_says_nothing_of_the_inside(String kind) {
        var body = problem(given().get("/test/failures/" + kind), 500, "internal")
                .extract()
                .asString();

        assertThat(body).doesNotContain(FailingResource.SECRET, "Exception", "dev.carillon", "42601");
    }

    @Test
    void a_failed_path_parameter_is_named() {
        problem(given().get("/api/v1/preferences/" + "x".repeat(201)), 422, "validation")
                .body("errors[0].detail", equalTo("must have 1 to 200 characters"));
    }

    private static RequestSpecification json(String body) {
        return body.isEmpty()
                ? given().contentType(ContentType.JSON)
                : given().contentType(ContentType.JSON).body(body);
    }

    private static ValidatableResponse problem(Response response, int status, String slug) {
        return response.then()
                .log()
                .ifValidationFails()
                .statusCode(status)
                .contentType(Problem.MEDIA_TYPE)
                .body("type", equalTo("https://carillon.dev/problems/" + slug))
                .body("status", equalTo(status))
                .body("title", not(empty()))
                .body("instance", startsWith("/"));
    }
}
