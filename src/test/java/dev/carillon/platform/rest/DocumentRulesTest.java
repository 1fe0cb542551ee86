package dev.carillon.platform.rest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.carillon.testing.ApiDocument;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What linters of OpenAPI (Spectral, Redocly) hold a document to, where it matters to those who use ours. */
@QuarkusTest
class DocumentRulesTest {

    private static final List<String> OPEN = List.of("/api/v1/callbacks/", "/unsubscribe/", "/problems/");

    /** Who wants to deliver events asks first, and shows a key with the delivery only; who signs in shows it in the body. */
    private static final Set<String> KEY_COMES_ELSEWHERE = Set.of("OPTIONS /api/v1/events", "POST /api/v1/session");

    /** A repetition of these does no harm: they read, or say what may be said twice; runs of the demo leave nothing behind. */
    private static final Set<String> CREATE_NOTHING = Set.of(
            "signIn",
            "previewTemplate",
            "previewLayout",
            "checkTemplate",
            "validateRule",
            "receiveSendGridEvents",
            "receiveTwilioStatus",
            "receiveProviderEvents",
            "unsubscribe",
            "markRead",
            "markReadUpTo",
            "runEventSourcedStory",
            "runApiDrivenStory",
            "runStoryComparison",
            "runStoriesComparison",
            "runScenario",
            "checkScenario",
            "breakScenario");

    private ApiDocument api;

    @BeforeEach
    void read() throws Exception {
        api = new ApiDocument(given().get("/q/openapi?format=json")
                .then()
                .statusCode(200)
                .extract()
                .asString());
    }

    @Test
    void every_example_is_valid_by_its_schema() {
        var softly = new SoftAssertions();
        var seen = new ArrayList<String>();
        walk("", api.root(), (pointer, node) -> {
            if (node.has("schema")) {
                examplesOf(node).forEach(example -> {
                    seen.add(pointer);
                    softly.assertThat(api.findings(pointer + "/schema", example.toString()))
                            .as(pointer + " " + example)
                            .isEmpty();
                });
            } else if (node.path("examples").isArray() && isSchema(node)) {
                node.path("examples").forEach(example -> {
                    seen.add(pointer);
                    softly.assertThat(api.findings(pointer, example.toString()))
                            .as(pointer + " " + example)
                            .isEmpty();
                });
            }
        });
        softly.assertAll();
        assertThat(seen).hasSizeGreaterThan(300);
    }

    @Test
    void every_operation_says_whether_it_asks_for_a_key() {
        assertThat(api.operations()).allSatisfy(operation -> {
            var security = operation.json().path("security");
            assertThat(security.isArray()).as(operation.name() + " security").isTrue();
            assertThat(security.isEmpty())
                    .as(operation.name() + " is open")
                    .isEqualTo(OPEN.stream().anyMatch(operation.path()::startsWith)
                            || KEY_COMES_ELSEWHERE.contains(operation.name()));
        });
    }

    @Test
    void every_operation_is_described_and_has_a_tag_that_is() {
        var tags = StreamSupport.stream(api.root().path("tags").spliterator(), false)
                .map(tag -> tag.path("name").asText())
                .toList();

        assertThat(api.operations()).allSatisfy(operation -> {
            assertThat(operation.json().path("description").asText())
                    .as(operation + " description")
                    .isNotBlank();
            assertThat(operation.json().path("tags"))
                    .as(operation + " tags")
                    .isNotEmpty()
                    .allSatisfy(tag -> assertThat(tags).contains(tag.asText()));
        });
    }

    @Test
    void every_post_that_creates_takes_a_key_that_makes_it_safe_to_repeat() {
        assertThat(api.operations())
                .filteredOn(operation -> operation.method().equals("POST"))
                .allSatisfy(operation -> {
                    var headers = StreamSupport.stream(
                                    operation.json().path("parameters").spliterator(), false)
                            .map(parameter -> parameter.path("name").asText())
                            .toList();
                    assertThat(headers.contains("Idempotency-Key"))
                            .as(operation.name())
                            .isNotEqualTo(CREATE_NOTHING.contains(
                                    operation.json().path("operationId").asText()));
                    if (headers.contains("Idempotency-Key")) {
                        assertThat(operation.json().path("responses").fieldNames())
                                .toIterable()
                                .as(operation.name())
                                .contains("400", "409", "422");
                    }
                });
    }

    @Test
    void what_is_in_braces_is_a_parameter() {
        assertThat(api.operations()).allSatisfy(operation -> {
            var declared = StreamSupport.stream(
                            operation.json().path("parameters").spliterator(), false)
                    .filter(parameter -> parameter.path("in").asText().equals("path"))
                    .map(parameter -> parameter.path("name").asText())
                    .toList();
            var named = Pattern.compile("\\{([^}]+)}")
                    .matcher(operation.path())
                    .results()
                    .map(found -> found.group(1))
                    .toList();
            assertThat(declared).as(operation.name()).containsExactlyInAnyOrderElementsOf(named);
        });
    }

    @Test
    void every_reference_leads_somewhere_and_nothing_shared_is_unused() {
        var references = new TreeSet<String>();
        walk("", api.root(), (pointer, node) -> {
            if (node.path("$ref").isTextual()) {
                references.add(node.path("$ref").asText());
            }
        });

        assertThat(references)
                .allSatisfy(reference -> assertThat(
                                api.root().at(reference.substring(1)).isMissingNode())
                        .as(reference)
                        .isFalse());
        for (var kind : List.of("schemas", "responses", "parameters")) {
            api.root()
                    .at("/components/" + kind)
                    .fieldNames()
                    .forEachRemaining(name -> assertThat(references).contains("#/components/" + kind + "/" + name));
        }
    }

    @Test
    void says_who_is_behind_it_and_under_which_licence() {
        assertThat(api.root().path("openapi").asText()).startsWith("3.1");
        assertThat(api.root().at("/info/contact/name").asText()).isNotBlank();
        assertThat(api.root().at("/info/license/name").asText()).contains("Apache");
    }

    @Test
    void one_plain_event_may_come_alone_or_with_others_and_nothing_else_may() {
        var body = "/paths/~1api~1v1~1events/post/requestBody/content/application~1json/schema";
        var event = "{\"event_type\": \"x.y\", \"event_timestamp\": \"2025-10-31T19:00:00Z\"}";

        assertThat(api.findings(body, event)).isEmpty();
        assertThat(api.findings(body, "[" + event + "," + event + "]")).isEmpty();
        assertThat(api.findings(body, "[]")).isEmpty();
        assertThat(Stream.of("{}", "[{}]", "\"event\"", "1", "null", "true", "[[" + event + "]]"))
                .allSatisfy(other -> assertThat(api.findings(body, other)).isNotEmpty());
    }

    @Test
    void what_we_call_is_described_as_well() {
        assertThat(api.root().path("webhooks").fieldNames())
                .toIterable()
                .contains("notificationStatus", "notification");
        for (var webhook : api.root().path("webhooks")) {
            assertThat(webhook.at("/post/description").asText()).isNotBlank();
            assertThat(webhook.at("/post/requestBody/content/application~1json/schema")
                            .isEmpty())
                    .isFalse();
            assertThat(webhook.at("/post/security").isArray()).isTrue();
        }
    }

    /** Not {@code properties}, of which one may be called examples. */
    private static boolean isSchema(JsonNode node) {
        return node.has("type") || node.has("$ref") || node.has("anyOf") || node.has("oneOf") || node.has("enum");
    }

    private static Stream<JsonNode> examplesOf(JsonNode node) {
        return Stream.concat(
                Stream.ofNullable(node.get("example")),
                StreamSupport.stream(node.path("examples").spliterator(), false)
                        .filter(example -> example.has("value"))
                        .map(example -> example.get("value")));
    }

    /** Everything but what stands inside of examples. */
    private static void walk(String pointer, JsonNode node, BiConsumer<String, JsonNode> visitor) {
        if (node.isObject()) {
            visitor.accept(pointer, node);
            for (Map.Entry<String, JsonNode> entry : node.properties()) {
                if (!entry.getKey().equals("example") && !entry.getKey().equals("examples")) {
                    walk(pointer + "/" + ApiDocument.escaped(entry.getKey()), entry.getValue(), visitor);
                }
            }
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                walk(pointer + "/" + i, node.get(i), visitor);
            }
        }
    }
}
