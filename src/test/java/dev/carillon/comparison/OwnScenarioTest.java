package dev.carillon.comparison;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.notNullValue;

import dev.carillon.comparison.story.DocumentedScenario;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.config.EncoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A story that somebody wrote, told through both doors: the one of docs/scenarios.md. */
@QuarkusTest
class OwnScenarioTest {

    private static final RestAssuredConfig YAML = RestAssuredConfig.config()
            .encoderConfig(EncoderConfig.encoderConfig()
                    .appendDefaultContentCharsetToContentTypeIfUndefined(false)
                    .encodeContentTypeAs("application/yaml", ContentType.TEXT));

    @Test
    void rules_and_texts_of_its_own_hold_for_it_alone() throws IOException {
        // When
        JsonPath told = post("/demo/scenarios", DocumentedScenario.text())
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();

        // Then
        assertThat(told.getBoolean("sameOutcome")).as(told.prettify()).isTrue();
        assertThat(told.<String>getList("eventSourced.notifications.customerId"))
                .containsExactly("ann");
        assertThat(told.<String>getList("apiDriven.notifications.body"))
                .containsExactly("Your boots can be had again.\n");
        assertThat(told.<String>getList("eventSourced.suppressed.reason")).containsExactly("CATEGORY_OFF");
        assertThat(told.<String>getList("dependencies.apiDriven.WarehouseCaller"))
                .containsExactly("NotificationService", "Wishlists");
        given().get("/api/v1/rules/back-in-stock").then().statusCode(404);
        given().get("/api/v1/templates/BACK_IN_STOCK").then().statusCode(404);
    }

    @Test
    void it_can_be_broken() throws IOException {
        post("/demo/faults?fault=rule-wrong", DocumentedScenario.text())
                .then()
                .statusCode(200)
                .body(
                        "faults[0].runs.find { it.door == 'api-driven' && it.remedy == 'none' }.missed.customers",
                        contains("ann"))
                .body(
                        "faults[0].runs.find { it.door == 'api-driven' && it.remedy == 'again' }.late.customers",
                        contains("ann"));
    }

    @Test
    void what_is_wrong_with_it_is_named_with_its_place() throws IOException {
        post("/demo/scenarios/check", DocumentedScenario.text().replace("team: warehouse", "tem: warehouse"))
                .then()
                .statusCode(422)
                .body("errors.detail", hasItems("is not known here; did you mean team?", "is missing"))
                .body("errors.line", notNullValue())
                .body("errors.pointer", hasItems("/facts/0/tem", "/facts/0/team"));
        post("/demo/scenarios", "").then().statusCode(422);
    }

    @Test
    void it_is_read_as_it_would_be_told() throws IOException {
        post("/demo/scenarios/check", DocumentedScenario.text())
                .then()
                .statusCode(200)
                .body("scenario", equalTo("back-in-stock"))
                .body("facts", contains("the boots are back"))
                .body("faults", hasItems("rule-wrong", "preference-changes"));
    }

    @Test
    void the_shipped_ones_are_something_to_begin_with() throws IOException {
        given().get("/demo/scenarios")
                .then()
                .statusCode(200)
                .body(
                        "scenario",
                        contains(
                                "order-complete",
                                "order-shipped",
                                "payment-failed",
                                "price-drop-alert",
                                "wishlist-sale"));
        assertThat(given().get("/demo/scenarios/price-drop-alert").asString())
                .isEqualTo(Files.readString(Path.of("data/scenarios/price-drop-alert.yaml")));
        given().get("/demo/scenarios/none").then().statusCode(404);
        given().get("/demo/scenarios/schema").then().statusCode(200).body("title", equalTo("Carillon scenario"));
    }

    /** The five have their teams in Java, too: what the files say of them is what the Java does. */
    @ParameterizedTest
    @ValueSource(strings = {"order-shipped", "payment-failed", "price-drop-alert", "order-complete", "wishlist-sale"})
    void a_file_and_its_java_do_the_same(String story) {
        // When
        var file = given().get("/demo/comparison/" + story).jsonPath();
        var producers = given().get("/demo/event-sourced/" + story).jsonPath();
        var callers = given().get("/demo/api-driven/" + story).jsonPath();

        // Then
        assertThat(file.<String>getList("eventSourced.notifications.body"))
                .containsExactlyInAnyOrderElementsOf(producers.<String>getList("notifications.body"));
        assertThat(file.<String>getList("apiDriven.notifications.body"))
                .containsExactlyInAnyOrderElementsOf(callers.<String>getList("notifications.body"));
        for (var count :
                List.of("eventsPublished", "apiCalls", "lookupsByDomainTeams", "lookupsByNotificationService")) {
            assertThat(file.getInt("eventSourced.cost." + count))
                    .as(count)
                    .isEqualTo(producers.getInt("cost." + count));
            assertThat(file.getInt("apiDriven.cost." + count)).as(count).isEqualTo(callers.getInt("cost." + count));
        }
    }

    @Test
    void what_the_service_does_not_take_is_its_answer() throws IOException {
        var text = DocumentedScenario.text().replace("email: ann@example.com", "email: nobody");

        post("/demo/scenarios", text)
                .then()
                .statusCode(422)
                .body("errors[0].pointer", equalTo("/given"))
                .body("errors[0].detail", containsString("email"));
    }

    private static Response post(String path, String text) {
        return given().config(YAML).contentType("application/yaml").body(text).post(path);
    }
}
