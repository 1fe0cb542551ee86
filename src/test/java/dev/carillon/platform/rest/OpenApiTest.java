package dev.carillon.platform.rest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/** The document of the API says all that somebody needs who has nothing else. */
@QuarkusTest
class OpenApiTest {

    /** Who comes here brings a signature, and no key. */
    private static final Pattern CREDENTIAL_OF_THEIR_OWN =
            Pattern.compile(" /(unsubscribe|api/v1/callbacks|problems)/|^POST /api/v1/session$");

    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");

    private record Named(String name, String path, JsonNode operation) {}

    @Test
    void names_the_service_its_version_and_how_to_authenticate() throws Exception {
        var document = document();

        assertThat(document.at("/info/title").asText()).isEqualTo("Carillon");
        assertThat(document.at("/info/version").asText()).matches("\\d+\\.\\d+.*");
        assertThat(document.at("/info/description").asText()).isNotBlank();
        assertThat(document.at("/components/securitySchemes/ApiKey/type").asText())
                .isEqualTo("apiKey");
        assertThat(document.at("/components/securitySchemes/ApiKey/in").asText())
                .isEqualTo("header");
        assertThat(document.at("/components/securitySchemes/ApiKey/name").asText())
                .isEqualTo("X-API-Key");
        assertThat(document.at("/tags"))
                .allSatisfy(tag -> assertThat(tag.path("description").asText()).isNotBlank());
    }

    @Test
    void every_operation_says_what_it_does_with_an_example_of_both_sides() throws Exception {
        var document = document();
        var softly = new SoftAssertions();
        for (var named : operations(document)) {
            var operation = named.operation();
            softly.assertThat(operation.path("summary").asText())
                    .as(named.name() + " summary")
                    .isNotBlank();
            softly.assertThat(operation.path("tags")).as(named.name() + " tags").isNotEmpty();
            if (!CREDENTIAL_OF_THEIR_OWN.matcher(named.name()).find()) {
                softly.assertThat(operation.path("security"))
                        .as(named.name() + " security")
                        .isNotEmpty();
            }
            softly.assertThat(operation.path("parameters"))
                    .as(named.name() + " parameters")
                    .allSatisfy(parameter -> assertThat(parameter.has("example") || parameter.has("examples"))
                            .isTrue());
            if (operation.has("requestBody")) {
                softly.assertThat(hasExample(operation.path("requestBody")))
                        .as(named.name() + " request example")
                        .isTrue();
            }
            if (!operation.path("responses").has("204")) {
                softly.assertThat(hasExample(success(operation)))
                        .as(named.name() + " answer example")
                        .isTrue();
            }
        }
        softly.assertAll();
    }

    @Test
    void every_operation_lists_the_problems_it_can_answer_with() throws Exception {
        var document = document();
        var softly = new SoftAssertions();
        for (var named : operations(document)) {
            for (var status : expectedProblems(named)) {
                var response =
                        resolved(document, named.operation().path("responses").path(status));
                softly.assertThat(response.at("/content/application~1problem+json/schema/$ref")
                                .asText())
                        .as(named.name() + " " + status)
                        .isEqualTo("#/components/schemas/Problem");
                softly.assertThat(response.path("description").asText())
                        .as(named.name() + " " + status)
                        .isNotBlank();
            }
        }
        softly.assertAll();
    }

    @Test
    void every_shared_problem_has_an_example_of_each_type() throws Exception {
        var responses = document().at("/components/responses");

        assertThat(responses).isNotEmpty();
        assertThat(responses
                        .at("/Problem422/content/application~1problem+json/examples")
                        .fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("validation", "unknown-type", "idempotency-key-reused");
        assertThat(responses.at("/Problem503/headers/Retry-After").isMissingNode())
                .isFalse();
    }

    @Test
    void headers_and_responses_follow_from_what_an_operation_is() throws Exception {
        var paths = document().at("/paths");

        assertThat(paths.at("/~1api~1v1~1events/get/responses/200/headers").fieldNames())
                .toIterable()
                .containsExactly("Link");
        assertThat(paths.at("/~1api~1v1~1webhooks/post/responses/201/headers").fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("Location", "Idempotency-Replayed");
        var rule = paths.path("/api/v1/rules/{id}");
        assertThat(rule.at("/get/responses/200/headers").has("ETag")).isTrue();
        assertThat(rule.at("/get/responses").has("304")).isTrue();
        assertThat(rule.at("/put/responses").has("412")).isTrue();
        assertThat(rule.at("/put/responses/201/content")).isEqualTo(rule.at("/put/responses/200/content"));
    }

    @Test
    void every_example_of_a_file_is_shown() throws Exception {
        var shown = document().findValues("examples").stream()
                .flatMap(examples -> StreamSupport.stream(examples.spliterator(), false))
                .map(example -> example.path("value"))
                .toList();
        try (var files = Files.list(Path.of("src/main/resources/openapi/examples"))) {
            assertThat(files)
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(new ObjectMapper().readTree(file.toFile()))
                            .allSatisfy(example -> assertThat(shown).contains(example)));
        }
    }

    @Test
    void every_field_of_what_is_sent_and_answered_is_described() throws Exception {
        var schemas = document().at("/components/schemas");
        var softly = new SoftAssertions();
        for (var name : List.of(
                "NotificationRequest",
                "Accepted",
                "NotifyRequest",
                "NotifyResponse",
                "Customer",
                "Preferences",
                "NewKey",
                "IssuedKey",
                "ApiKey",
                "Problem",
                "FieldError")) {
            var schema = schemas.path(name);
            softly.assertThat(schema.path("description").asText()).as(name).isNotBlank();
            schema.path("properties")
                    .fields()
                    .forEachRemaining(property -> softly.assertThat(
                                    property.getValue().path("description").asText())
                            .as(name + "." + property.getKey())
                            .isNotBlank());
        }
        softly.assertAll();
    }

    @Test
    void lists_the_words_of_enums_as_they_are_answered() throws Exception {
        var schemas = document().at("/components/schemas");

        assertThat(words(schemas, "RuleOrigin")).containsExactly("api", "file");
        assertThat(words(schemas, "RuleChangeKind"))
                .containsExactly("put", "deleted", "file-changed", "file-removed", "enabled", "disabled");
        assertThat(words(schemas, "ReplayState")).containsExactly("running", "done", "cancelled", "failed");
    }

    @Test
    void every_operation_has_a_name_of_its_own_that_a_method_can_have() throws Exception {
        assertThat(operations(document()))
                .extracting(named -> named.operation().path("operationId").asText())
                .doesNotHaveDuplicates()
                .allSatisfy(name -> assertThat(name).matches("[a-z]+[A-Za-z]*"));
    }

    @Test
    void every_body_says_what_it_looks_like() throws Exception {
        var document = document();
        var softly = new SoftAssertions();
        for (var named : operations(document)) {
            softly.assertThat(named.operation().path("requestBody").path("content"))
                    .as(named.name() + " request")
                    .allSatisfy(OpenApiTest::hasForm);
            softly.assertThat(named.operation().path("responses"))
                    .as(named.name() + " answers")
                    .allSatisfy(
                            response -> assertThat(resolved(document, response).path("content"))
                                    .allSatisfy(OpenApiTest::hasForm));
        }
        softly.assertAll();
        assertThat(document.at("/components/schemas").has("JsonNode")).isFalse();
    }

    @Test
    void fields_of_answers_say_whether_they_are_there_and_whether_they_may_be_null() throws Exception {
        var schemas = document().at("/components/schemas");

        assertThat(texts(schemas.at("/Notification/required")))
                .contains("trackingId", "status", "reason", "deliveries");
        assertThat(texts(schemas.at("/Notification/properties/businessKey/type")))
                .containsExactly("string", "null");
        assertThat(schemas.at("/Notification/properties/reason/anyOf/0/$ref").asText())
                .isEqualTo("#/components/schemas/Reason");
        assertThat(schemas.at("/Notification/properties/reason/anyOf/1/type").asText())
                .isEqualTo("null");
        assertThat(texts(schemas.at("/Accepted/required"))).containsExactly("trackingId", "status");
        assertThat(texts(schemas.at("/Problem/required"))).containsExactly("type", "title", "status");
        assertThat(texts(schemas.at("/NotificationRequest/required"))).containsExactly("type", "customerId");
        assertThat(schemas.at("/Preferences").has("required")).isFalse();
    }

    @Test
    void patterns_are_of_the_whole_text_and_in_everybodys_dialect() throws Exception {
        assertThat(document().findValuesAsText("pattern"))
                .isNotEmpty()
                .allSatisfy(
                        pattern -> assertThat(pattern).matches("\\\\S|\\^.*\\$").doesNotContain("\\p{"));
    }

    @Test
    void who_accepts_nothing_but_problems_is_not_refused_an_answer_without_a_body() {
        given().header("Accept", "application/problem+json")
                .delete("/api/v1/api-keys/01KAJ3W4S8M2Q9V7T5R1N3X0ZC")
                .then()
                .statusCode(404)
                .contentType("application/problem+json");
    }

    @Test
    void can_be_read_in_a_browser() {
        given().redirects()
                .follow(true)
                .get("/docs")
                .then()
                .statusCode(200)
                .contentType("text/html")
                .body(containsString("OpenAPI"));
        given().get("/q/openapi").then().statusCode(200).contentType(containsString("yaml"));
    }

    private static List<String> words(JsonNode schemas, String name) {
        return texts(schemas.path(name).path("enum"));
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    private static void hasForm(JsonNode media) {
        assertThat(media.path("schema").isEmpty()).isFalse();
    }

    private static List<String> expectedProblems(Named named) {
        var expected = new ArrayList<>(List.of("401", "403", "503"));
        if (named.operation().has("requestBody")) {
            expected.addAll(List.of("400", "413", "415", "422"));
        }
        if (named.path().contains("{")) {
            expected.add("404");
        }
        return expected;
    }

    private static JsonNode resolved(JsonNode document, JsonNode response) {
        return response.has("$ref") ? document.at(response.path("$ref").asText().substring(1)) : response;
    }

    private static JsonNode success(JsonNode operation) {
        return StreamSupport.stream(
                        ((Iterable<Map.Entry<String, JsonNode>>)
                                        () -> operation.path("responses").fields())
                                .spliterator(),
                        false)
                .filter(response -> response.getKey().startsWith("2"))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow();
    }

    private static boolean hasExample(JsonNode bodyOrResponse) {
        return StreamSupport.stream(bodyOrResponse.path("content").spliterator(), false)
                .anyMatch(
                        media -> media.has("example") || media.path("examples").size() > 0);
    }

    private static List<Named> operations(JsonNode document) {
        var operations = new ArrayList<Named>();
        document.path("paths")
                .fields()
                .forEachRemaining(path -> path.getValue().fields().forEachRemaining(operation -> {
                    if (METHODS.contains(operation.getKey())) {
                        operations.add(new Named(
                                operation.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey(),
                                path.getKey(),
                                operation.getValue()));
                    }
                }));
        assertThat(operations).isNotEmpty();
        return operations;
    }

    private static JsonNode document() throws Exception {
        return new ObjectMapper()
                .readTree(given().get("/q/openapi?format=json")
                        .then()
                        .statusCode(200)
                        .extract()
                        .asString());
    }
}
