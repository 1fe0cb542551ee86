package dev.carillon.platform.telemetry;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;

import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class HealthTest {

    @ParameterizedTest
    @ValueSource(strings = {"live", "ready"})
    void the_short_path_answers_as_the_long_one(String probe) {
        // When
        var answer = given().get("/healthz/" + probe);

        // Then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.jsonPath().getList("checks.name", String.class))
                .containsExactlyInAnyOrderElementsOf(
                        given().get("/q/health/" + probe).jsonPath().getList("checks.name", String.class));
    }

    @Test
    void ready_means_that_the_database_answers_and_every_verticle_is_deployed() {
        given().get("/healthz/ready")
                .then()
                .body("status", is("UP"))
                .body("checks.name", hasItems("database", "dispatch-verticles", "reaction-verticles"));
    }
}
