package dev.carillon.eventsourced.ruleset;

import static io.restassured.RestAssured.given;
import static io.restassured.config.EncoderConfig.encoderConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import dev.carillon.eventsourced.rule.Rule;
import dev.carillon.eventsourced.rule.RuleSource;
import dev.carillon.notification.decision.RuleRef;
import dev.carillon.platform.id.Ids;
import dev.carillon.platform.versions.DocumentState;
import dev.carillon.platform.versions.VersionedDocuments;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class RulesApiTest {

    private static final String YAML = "application/yaml";

    @Inject
    ActiveRules active;

    @Inject
    VersionedDocuments documents;

    @Inject
    Ids ids;

    /** Other tests share the database, and are answered by its rules. */
    @AfterEach
    void takeTheRulesAway() {
        active.rules().values().stream()
                .filter(one -> one.origin() == RuleOrigin.API)
                .map(one -> one.rule().id())
                .forEach(id -> given().delete("/api/v1/rules/" + id).then().statusCode(204));
    }

    @Test
    void nothing_at_all_is_no_rule() {
        given().noContentType().post("/api/v1/rules/validate").then().statusCode(415);
        given().noContentType().put("/api/v1/rules/nothing").then().statusCode(415);
        given().contentType("application/yaml")
                .post("/api/v1/rules/validate")
                .then()
                .statusCode(422);
        given().contentType("application/yaml")
                .put("/api/v1/rules/nothing")
                .then()
                .statusCode(422);
    }

    @Test
    void the_rules_in_force_are_listed_with_where_they_come_from() {
        given().get("/api/v1/rules")
                .then()
                .statusCode(200)
                .body("id", hasItem("order-shipped"))
                .body("find { it.id == 'order-shipped' }.origin", equalTo("file"))
                .body("find { it.id == 'order-shipped' }.file", equalTo("ordering.yaml"))
                .body("find { it.id == 'order-shipped' }.on", contains("ordering.order-status-changed"))
                .body("find { it.id == 'order-shipped' }.channels", contains("email", "sms"))
                .body("find { it.id == 'order-shipped' }.since", notNullValue())
                .body("find { it.id == 'order-shipped' }.yaml", nullValue());
    }

    @Test
    void a_rule_of_a_file_shows_its_own_text() {
        given().get("/api/v1/rules/order-shipped")
                .then()
                .statusCode(200)
                .header("ETag", notNullValue())
                .body("yaml", containsString("id: order-shipped\n"))
                .body("yaml", not(containsString("order-complete")))
                .body("inForce", equalTo(true));
        given().get("/api/v1/rules/nobody").then().statusCode(404);
        given().get("/api/v1/rules/order-shipped?version=000000000000")
                .then()
                .statusCode(404)
                .body("detail", equalTo("Rule order-shipped never had version 000000000000"));
    }

    @Test
    void a_rule_that_is_put_answers_at_once_and_keeps_its_versions() {
        // Given
        var id = id();

        // When
        var first = put(id, rule(id, "a.b"))
                .statusCode(201)
                .body("origin", equalTo("api"))
                .body("enabled", equalTo(true))
                .extract()
                .<String>path("version");
        var second = put(id, rule(id, "c.d")).statusCode(200).extract().<String>path("version");

        // Then
        assertThat(active.book().listeningTo("c.d")).extracting(Rule::id).contains(id);
        assertThat(active.book().listeningTo("a.b")).extracting(Rule::id).doesNotContain(id);
        given().get("/api/v1/rules/" + id)
                .then()
                .statusCode(200)
                .header("ETag", startsWith('"' + second + '-'))
                .body("yaml", equalTo(rule(id, "c.d")));
        given().get("/api/v1/rules/" + id + "?version=" + first)
                .then()
                .statusCode(200)
                .body("inForce", equalTo(false))
                .body("enabled", equalTo(false))
                .body("yaml", equalTo(rule(id, "a.b")));
        assertThat(active.version(new RuleRef(id, first))
                        .await()
                        .atMost(Duration.ofSeconds(10))
                        .orElseThrow()
                        .on())
                .containsExactly("a.b");
        assertThat(active.rule(new RuleRef(id, first))).isPresent();
        given().get("/api/v1/rules/" + id + "/history")
                .then()
                .statusCode(200)
                .body("change", contains("put", "put"))
                .body("version", contains(second, first))
                .body("by", contains("open", "open"));
        for (var wrong : List.of("many", "1.5", "0", "1001", "99999999999999")) {
            given().queryParam("limit", wrong)
                    .get("/api/v1/rules/" + id + "/history")
                    .then()
                    .statusCode(422)
                    .body("errors.pointer", contains("/limit"));
        }
    }

    @Test
    void the_same_again_changes_nothing() {
        // Given
        var id = id();
        put(id, rule(id, "a.b")).statusCode(201);

        // When
        put(id, "# with a comment\n" + rule(id, "a.b")).statusCode(200);

        // Then
        given().get("/api/v1/rules/" + id + "/history").then().body("change", contains("put"));
    }

    @Test
    void json_of_the_same_shape_is_taken_too() {
        // Given
        var id = id();
        var json = "{\n\t\"id\": \"" + id
                + "\", \"on\": [\"a.b\"], \"enabled\": true, \"description\": \"either\\/or \\\\/\", \"notify\": {\"type\": \"ORDER_SHIPPED\"}}";

        // Then
        given().contentType(ContentType.JSON)
                .body(json)
                .put("/api/v1/rules/" + id)
                .then()
                .log()
                .ifValidationFails()
                .statusCode(201)
                .body("description", equalTo("either/or \\/"))
                .body("on", contains("a.b"));
        given().config(RestAssured.config()
                        .encoderConfig(encoderConfig().encodeContentTypeAs("text/yaml", ContentType.TEXT)))
                .contentType("text/yaml")
                .body(rule(id, "c.d"))
                .put("/api/v1/rules/" + id)
                .then()
                .statusCode(200);
        given().contentType(ContentType.JSON)
                .body("{\"id\": ")
                .put("/api/v1/rules/" + id)
                .then()
                .statusCode(400);
        given().contentType("text/plain")
                .body(rule(id, "c.d"))
                .put("/api/v1/rules/" + id)
                .then()
                .statusCode(415);
    }

    @Test
    void what_is_wrong_is_told_with_field_line_and_column() {
        // Given
        var id = id();

        // Then
        put(
                        id,
                        "id: " + id
                                + "\non: pricing.price-changed\nwhen: event.data.newPrize < 3\nnotify: { type: ORDER_SHIPPED }\n")
                .statusCode(422)
                .contentType("application/problem+json")
                .body("rule", equalTo(id))
                .body("errors[0].pointer", equalTo("/when"))
                .body("errors[0].line", equalTo(3))
                .body("errors[0].column", equalTo(17))
                .body("errors[0].detail", containsString("no field 'newPrize'"));
        put(
                        id,
                        "id: " + id
                                + "\non: a.b\nnotify:\n  type: ORDER_SHIPPED\n  category: promotions\n  channels: [pigeon]\n")
                .statusCode(422)
                .body("errors.pointer", contains("/notify/category", "/notify/channels"))
                .body("errors.line", contains(5, 6))
                .body("errors.column", contains(13, 13));
        put(
                        id,
                        "id: " + id
                                + "\non: a.b\nwhen: event.dat\nwhere: nobody\nnotify: { type: ORDER_SHIPPED, colour: red, size: 3 }\n")
                .statusCode(422)
                .body("errors.pointer", contains("/when", "/where", "/notify/colour", "/notify/size"));
        put(id, "id: other\non: a.b\nnotify: { type: ORDER_SHIPPED }")
                .statusCode(422)
                .body("errors[0].pointer", equalTo("/id"));
        put(id, "").statusCode(422);
        put(id, "id: [").statusCode(422).body("errors[0].detail", containsString("not valid YAML"));
        put(id, "x".repeat(RuleBody.LIMIT + 1)).statusCode(413);
        given().get("/api/v1/rules/" + id).then().statusCode(404);
    }

    @Test
    void checking_a_rule_changes_nothing() {
        // Given
        var id = id();

        // Then
        yaml().body(rule(id, "a.b"))
                .post("/api/v1/rules/validate")
                .then()
                .statusCode(200)
                .body("id", equalTo(id))
                .body("version", notNullValue())
                .body("inForce", equalTo(false))
                .body("warnings.pointer", contains("/on"));
        yaml().body(
                        "id: " + id
                                + "\non: pricing.price-changed\nwhen: event.data['newPrize'] < 3\nnotify: { type: PRICE_DROP_ALERT }\n")
                .post("/api/v1/rules/validate")
                .then()
                .statusCode(200)
                .body("warnings.pointer", contains("/when"))
                .body("warnings[0].line", equalTo(3))
                .body("warnings[0].column", equalTo(17))
                .body("warnings[0].detail", endsWith("did you mean newPrice?"));
        yaml().body("id: x")
                .post("/api/v1/rules/validate")
                .then()
                .statusCode(422)
                .body("errors[0].detail", equalTo("is missing"));
        given().get("/api/v1/rules/" + id).then().statusCode(404);
    }

    @Test
    void a_version_that_is_expected_must_be_in_force() {
        // Given
        var id = id();
        var version = put(id, rule(id, "a.b")).statusCode(201).extract().<String>path("version");

        // Then
        yaml().header("If-Match", "\"another\"")
                .body(rule(id, "c.d"))
                .put("/api/v1/rules/" + id)
                .then()
                .statusCode(412)
                .body("type", equalTo("https://carillon.dev/problems/precondition-failed"))
                .body("detail", equalTo("Version " + version + " is the current one"));
        given().header("If-Match", "\"another\"")
                .delete("/api/v1/rules/" + id)
                .then()
                .statusCode(412);
        given().header("If-Match", "\"another\"")
                .post("/api/v1/rules/" + id + "/disable")
                .then()
                .statusCode(412);
        yaml().header("If-Match", '"' + version + '"')
                .body(rule(id, "c.d"))
                .put("/api/v1/rules/" + id)
                .then()
                .statusCode(200);
        yaml().header("If-Match", "*")
                .body(rule("n" + id, "c.d"))
                .put("/api/v1/rules/n" + id)
                .then()
                .statusCode(412);
    }

    @Test
    void a_rule_is_switched_off_and_on_and_stays_so_in_new_versions() {
        // Given
        var id = id();
        put(id, rule(id, "a.b")).statusCode(201);

        // When
        given().post("/api/v1/rules/" + id + "/disable").then().statusCode(200).body("enabled", equalTo(false));
        given().post("/api/v1/rules/" + id + "/disable").then().statusCode(200);

        // Then
        assertThat(active.book().listeningTo("a.b")).extracting(Rule::id).doesNotContain(id);
        put(id, rule(id, "c.d")).statusCode(200).body("enabled", equalTo(false));
        given().post("/api/v1/rules/" + id + "/enable").then().statusCode(200).body("enabled", equalTo(true));
        assertThat(active.book().listeningTo("c.d")).extracting(Rule::id).contains(id);
        given().get("/api/v1/rules/" + id + "/history")
                .then()
                .body("change", contains("enabled", "put", "disabled", "put"));
        given().post("/api/v1/rules/nobody/enable").then().statusCode(404);
    }

    @Test
    void a_rule_put_over_a_files_gives_way_to_it_again() {
        // Given
        var file = given().get("/api/v1/rules/high-risk-alert")
                .then()
                .statusCode(200)
                .extract()
                .<String>path("version");

        // When
        put(
                        "high-risk-alert",
                        "id: high-risk-alert\non: nobody.says-this\nnotify: { type: HIGH_RISK_ALERT, to: internal }\n")
                .statusCode(200)
                .body("origin", equalTo("api"))
                .body("file", equalTo("fintech.yaml"));

        // Then
        given().delete("/api/v1/rules/high-risk-alert").then().statusCode(204);
        given().get("/api/v1/rules/high-risk-alert")
                .then()
                .body("origin", equalTo("file"))
                .body("version", equalTo(file));
        given().delete("/api/v1/rules/high-risk-alert")
                .then()
                .statusCode(409)
                .body("detail", containsString("is in a file"));
        given().get("/api/v1/rules/high-risk-alert/history")
                .then()
                .body("change", contains("deleted", "put", "file-changed"))
                .body("origin", contains("file", "api", "file"))
                .body("file", contains("fintech.yaml", null, "fintech.yaml"));
    }

    @Test
    void a_rule_of_the_api_can_be_taken_away() {
        // Given
        var id = id();
        put(id, rule(id, "a.b")).statusCode(201);

        // When
        given().delete("/api/v1/rules/" + id).then().statusCode(204);

        // Then
        given().get("/api/v1/rules/" + id).then().statusCode(404);
        given().delete("/api/v1/rules/" + id).then().statusCode(404);
        assertThat(active.book().rule(id)).isEmpty();
        put(id, rule(id, "a.b")).statusCode(201);
    }

    /** Another replica writes into the database, and tells nobody. */
    @Test
    void what_another_replica_took_is_in_force_here_soon() {
        // Given
        var id = id();
        var compiled = TestRules.compiler().single(new RuleSource("body", rule(id, "a.b")));
        var version = compiled.rules().get(0).version();

        // When
        documents
                .change(
                        PublishedRules.TOPIC,
                        "another",
                        open -> open.put(
                                "put", new DocumentState(id, null, version, null, open.now()), rule(id, "a.b")))
                .await()
                .atMost(Duration.ofSeconds(10));

        // Then
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(active.book().listeningTo("a.b"))
                        .extracting(Rule::id)
                        .contains(id));
    }

    /** A replica of another release may put what this one cannot read. */
    @Test
    void what_does_not_compile_here_is_left_out_and_said() {
        // Given
        var id = id();

        // When
        documents
                .change(
                        PublishedRules.TOPIC,
                        "another",
                        open -> open.put(
                                "put",
                                new DocumentState(id, null, "v2", null, open.now()),
                                "id: " + id + "\non: a.b\nfuture: 1\nnotify: { type: ORDER_SHIPPED }"))
                .await()
                .atMost(Duration.ofSeconds(10));

        // Then
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> given().get("/q/health/ready")
                        .then()
                        .statusCode(200)
                        .body(
                                "checks.find { it.name == 'rules' }.data.'problem-1'",
                                containsString("api:" + id + ":3:1")));
        given().get("/q/metrics").then().body(containsString("carillon_rules_broken 1.0"));
        given().delete("/api/v1/rules/" + id).then().statusCode(204);
        given().get("/q/health/ready").then().body("checks.find { it.name == 'rules' }.data.rules", equalTo("current"));
    }

    @Test
    void the_schema_for_editors_is_served() {
        given().get("/api/v1/rules/schema")
                .then()
                .statusCode(200)
                .body("title", equalTo("Carillon rules"))
                .body("'$defs'.rule.properties.when", notNullValue());
    }

    private static RequestSpecification yaml() {
        return given().config(
                        RestAssured.config().encoderConfig(encoderConfig().encodeContentTypeAs(YAML, ContentType.TEXT)))
                .contentType(YAML);
    }

    private String id() {
        return "r-" + ids.next();
    }

    private static String rule(String id, String on) {
        return "id: " + id + "\non: " + on + "\nnotify: { type: ORDER_SHIPPED }\n";
    }

    private static ValidatableResponse put(String id, String text) {
        return yaml().body(text).put("/api/v1/rules/" + id).then().log().ifValidationFails();
    }
}
