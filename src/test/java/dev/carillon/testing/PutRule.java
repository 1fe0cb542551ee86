package dev.carillon.testing;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.oneOf;

import io.restassured.response.ValidatableResponse;
import java.nio.charset.StandardCharsets;

/** A rule that a story puts into force: added, or changed where there is one of that id. */
public final class PutRule {

    private PutRule() {}

    public static ValidatableResponse rule(String id, String yaml) {
        return given().contentType("application/yaml")
                .body(yaml.getBytes(StandardCharsets.UTF_8))
                .put("/api/v1/rules/" + id)
                .then()
                .log()
                .ifValidationFails()
                .statusCode(oneOf(200, 201));
    }
}
