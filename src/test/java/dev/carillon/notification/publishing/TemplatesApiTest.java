package dev.carillon.notification.publishing;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import dev.carillon.delivery.DeliveryOutcome;
import dev.carillon.delivery.LeasedDelivery;
import dev.carillon.delivery.email.EmailScripts;
import dev.carillon.notification.template.Templates;
import dev.carillon.notification.template.TypeText;
import dev.carillon.platform.id.Ids;
import dev.carillon.platform.versions.DocumentState;
import dev.carillon.platform.versions.DocumentTransaction;
import dev.carillon.platform.versions.VersionedDocuments;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class TemplatesApiTest {

    private static final String TYPE_FILE = """
            description: A type for a test
            category: order_updates
            channels: [email, sms]
            variables:
              word: { type: string, required: true, example: hello, description: Any word }
              at:   { type: timestamp, required: false, example: '2024-06-05', description: Any day }
            """;

    @Inject
    Templates templates;

    @Inject
    PublishedTemplates published;

    @Inject
    VersionedDocuments documents;

    @Inject
    EmailScripts emails;

    @Inject
    Ids ids;

    @Inject
    Clock clock;

    private String type;

    @BeforeEach
    void aTypeNobodyElseHas() {
        type = "T" + ids.next();
    }

    /** Other tests share the database, and are told in its words. */
    @AfterEach
    void takeTheWordsAway() {
        given().delete("/api/v1/rules/" + type.toLowerCase());
        templates.types().stream()
                .map(one -> one.name())
                .filter(name -> published.find(name).isPresent())
                .forEach(name -> given().delete("/api/v1/templates/" + name)
                        .then()
                        .log()
                        .ifValidationFails()
                        .statusCode(204));
    }

    @Test
    void the_types_are_listed_with_their_channels_languages_and_variables() {
        given().get("/api/v1/templates")
                .then()
                .statusCode(200)
                .body("type", hasItem("ORDER_SHIPPED"))
                .body("find { it.type == 'ORDER_SHIPPED' }.origin", equalTo("file"))
                .body("find { it.type == 'ORDER_SHIPPED' }.version", matchesPattern("[0-9a-f]{12}"))
                .body("find { it.type == 'ORDER_SHIPPED' }.channels.channel", contains("email", "sms"))
                .body(
                        "find { it.type == 'ORDER_SHIPPED' }.channels.locales",
                        contains(List.of("en", "de"), List.of("en", "de")))
                .body(
                        "find { it.type == 'ORDER_SHIPPED' }.variables.name",
                        contains("orderId", "carrier", "trackingNumber", "estimatedDeliveryDate"))
                .body("find { it.type == 'ORDER_SHIPPED' }.files", nullValue());
        given().get("/api/v1/templates/ORDER_SHIPPED")
                .then()
                .statusCode(200)
                .header("ETag", matchesPattern("\"[0-9a-f]{12}\""))
                .body("files", allOf(hasKey("type.yaml"), hasKey("email.de.html")))
                .body("publishedAt", nullValue());
        given().get("/api/v1/templates/NOPE").then().statusCode(404);
        given().get("/api/v1/templates/NOPE/history").then().statusCode(404);
        given().get("/api/v1/templates/HIGH_RISK_ALERT/history?limit=many")
                .then()
                .statusCode(422);
        given().get("/api/v1/templates/HIGH_RISK_ALERT/history")
                .then()
                .statusCode(200)
                .body("size()", equalTo(0));
    }

    @Test
    void texts_that_are_being_written_are_checked_and_shown_without_being_stored() {
        given().contentType(ContentType.JSON)
                .body(Map.of(
                        "files",
                        Map.of(
                                "type.yaml",
                                TYPE_FILE,
                                "email.subject.txt",
                                "{wrod}",
                                "email.txt",
                                "x",
                                "sms.txt",
                                "{at}")))
                .post("/api/v1/templates/" + type + "/check")
                .then()
                .statusCode(200)
                .body("ok", equalTo(false))
                .body("errors.file", contains("email.subject.txt", "sms.txt"))
                .body("errors.variable", contains("wrod", "at"))
                .body("errors.line", contains(1, 1));
        given().contentType(ContentType.JSON)
                .body(Map.of("files", words("Say {word}", "Sag {word}")))
                .post("/api/v1/templates/" + type + "/check")
                .then()
                .statusCode(200)
                .body("ok", equalTo(true))
                .body("warnings", equalTo(List.of()))
                .body("messages.findAll { it.channel == 'email' }.locale", contains("en", "de"))
                .body("messages.find { it.channel == 'sms' }.sms.segments", equalTo(1));
        given().contentType(ContentType.JSON)
                .body(Map.of("channel", "email", "locale", "de", "files", words("Say {word}", "Sag {word}")))
                .post("/api/v1/templates/" + type + "/preview")
                .then()
                .statusCode(200)
                .body("subject", equalTo("Sag hello"));
        given().get("/api/v1/templates/" + type + "/draft").then().statusCode(404);
    }

    @Test
    void a_test_goes_out_once_and_is_recorded_and_is_nobodys_notification() {
        // Given
        put(words("Say {word}", "Sag {word}")).statusCode(201);
        var notifications =
                given().get("/api/v1/notifications").then().extract().path("notifications.size()");

        // When
        test("{\"channel\": \"email\", \"to\": \"Author@example.com\", \"version\": \"draft\", \"locale\": \"de\"}")
                .statusCode(200)
                .body("sent", equalTo(true))
                .body("provider", equalTo("mock"))
                .body("version", equalTo("draft"))
                .body("locale", equalTo("de"))
                .body("to", equalTo("A***@example.com"));

        // Then
        given().get("/api/v1/templates/" + type + "/tests")
                .then()
                .statusCode(200)
                .body("size()", equalTo(1))
                .body("[0].sent", equalTo(true))
                .body("[0].to", equalTo("A***@example.com"));
        given().get("/api/v1/notifications").then().body("notifications.size()", equalTo(notifications));
    }

    @Test
    void a_test_goes_to_no_address_that_is_suppressed_or_none() {
        // Given
        put(words("Say {word}", "Sag {word}")).statusCode(201);
        given().contentType(ContentType.JSON)
                .body(Map.of("channel", "email", "address", type.toLowerCase() + "@example.com"))
                .post("/api/v1/suppressions")
                .then()
                .statusCode(201);

        // Then
        test("{\"channel\": \"email\", \"version\": \"draft\", \"to\": \"" + type + "@example.com\"}")
                .statusCode(409)
                .body("detail", containsString("gets no messages on email"));
        test("{\"channel\": \"inbox\", \"version\": \"draft\", \"to\": \"cust-001\"}")
                .statusCode(422)
                .body("errors[0].pointer", equalTo("/channel"));
        test("{\"channel\": \"email\", \"version\": \"draft\", \"to\": \"a@example.com\", \"context\": {}}")
                .statusCode(422)
                .body("errors[0].pointer", equalTo("/context/word"));
        given().get("/api/v1/templates/" + type + "/tests").then().body("size()", equalTo(0));
    }

    private ValidatableResponse test(String request) {
        return given().contentType(ContentType.JSON)
                .body(request)
                .post("/api/v1/templates/" + type + "/test")
                .then()
                .log()
                .ifValidationFails();
    }

    @Test
    void a_draft_is_told_in_by_nobody_until_it_is_published() {
        // Given
        String draft = put(words("Say {word}", "Sag {word}"))
                .statusCode(201)
                .body("type", equalTo(type))
                .extract()
                .path("tag");
        given().get("/api/v1/templates/drafts")
                .then()
                .statusCode(200)
                .body("type", hasItem(type))
                .body("files", not(hasItem(hasKey("sms.txt"))));
        given().get("/api/v1/templates/" + type).then().statusCode(404);

        // When
        preview("{\"channel\": \"sms\", \"version\": \"draft\"}")
                .statusCode(200)
                .body("text", equalTo("Say hello"))
                .body("version", equalTo("draft"));
        preview("{\"channel\": \"sms\"}").statusCode(404);
        publish()
                .statusCode(200)
                .body("version", equalTo("v1"))
                .body("origin", equalTo("api"))
                .header("ETag", "\"v1\"");

        // Then
        assertThat(draft).matches("[0-9a-f]{12}");
        given().get("/api/v1/templates/" + type + "/draft").then().statusCode(404);
        given().get("/api/v1/templates").then().body("type", hasItem(type));
        preview(
                        "{\"channel\": \"email\", \"locale\": \"de-AT\", \"context\": {\"word\": \"ja\", \"at\": \"2024-06-05\"}, \"customer\": {\"name\": \"Anna\"}}")
                .statusCode(200)
                .body("locale", equalTo("de"))
                .body("version", equalTo("v1"))
                .body("subject", equalTo("Sag ja"))
                .body("text", equalTo("Sag ja, Anna, am 5. Juni 2024\n"))
                .body("html", nullValue());
        publish().statusCode(409);
    }

    @Test
    void versions_are_counted_and_kept_and_can_be_had_again() {
        // Given
        put(words("One", "Eins")).statusCode(201);
        publish().statusCode(200).body("version", equalTo("v1"));
        put(Map.of("email.subject.txt", "Two", "email.txt", "Two", "sms.txt", "Two"))
                .statusCode(201)
                .body("files", hasKey("type.yaml"));
        publish().statusCode(200).body("version", equalTo("v2"));
        put(Map.of("email.subject.txt", "Two", "email.txt", "Two", "sms.txt", "Two"))
                .statusCode(201);
        publish().statusCode(200).body("version", equalTo("v2"));
        preview("{\"channel\": \"sms\"}").body("text", equalTo("Two"));

        // When
        given().contentType(ContentType.JSON)
                .body("{\"version\": \"v1\"}")
                .post("/api/v1/templates/" + type + "/rollback")
                .then()
                .statusCode(200)
                .body("version", equalTo("v1"));

        // Then
        preview("{\"channel\": \"sms\"}").body("text", equalTo("One"));
        preview("{\"channel\": \"sms\", \"version\": \"v2\"}")
                .body("text", equalTo("Two"))
                .body("version", equalTo("v2"));
        preview("{\"channel\": \"sms\", \"version\": \"v3\"}").statusCode(404);
        given().get("/api/v1/templates/" + type + "/versions/v2")
                .then()
                .statusCode(200)
                .body("files.'sms.txt'", equalTo("Two"));
        given().get("/api/v1/templates/" + type + "/versions/v0").then().statusCode(404);
        given().contentType(ContentType.JSON)
                .body("{\"version\": \"v9\"}")
                .post("/api/v1/templates/" + type + "/rollback")
                .then()
                .statusCode(404);
        given().get("/api/v1/templates/" + type + "/history")
                .then()
                .statusCode(200)
                .body("change", contains("rolled-back", "published", "published"))
                .body("version", contains("v1", "v2", "v1"));
    }

    @Test
    void the_files_words_come_back_when_the_published_ones_are_deleted() {
        // Given
        given().delete("/api/v1/templates/WELCOME_EMAIL")
                .then()
                .statusCode(409)
                .body("detail", containsString("are in files"));
        type = "WELCOME_EMAIL";
        String before =
                given().get("/api/v1/templates/WELCOME_EMAIL").then().extract().path("version");
        put(Map.of("email.subject.txt", "Hello", "email.txt", "Hello")).statusCode(201);
        String published = publish().statusCode(200).extract().path("version");

        // When
        given().header("If-Match", "\"v999\"")
                .delete("/api/v1/templates/WELCOME_EMAIL")
                .then()
                .statusCode(412);
        given().header("If-Match", '"' + published + '"')
                .delete("/api/v1/templates/WELCOME_EMAIL")
                .then()
                .statusCode(204);

        // Then
        given().get("/api/v1/templates/WELCOME_EMAIL")
                .then()
                .body("origin", equalTo("file"))
                .body("version", equalTo(before));
        given().get("/api/v1/templates/WELCOME_EMAIL/history")
                .then()
                .body("change[0]", equalTo("deleted"))
                .body("version[0]", nullValue());
    }

    @Test
    void words_that_cannot_be_used_are_refused_with_their_place() {
        put(Map.of("type.yaml", TYPE_FILE, "email.subject.txt", "Hi", "email.txt", "Hi\n  {wrod}", "sms.txt", "Hi"))
                .statusCode(422)
                .body("errors.pointer", contains("/files/email.txt"))
                .body("errors.line", contains(2))
                .body("errors.column", contains(3))
                .body("errors.detail", contains(containsString("wrod")));
        put(Map.of("type.yaml", TYPE_FILE, "email.subject.txt", "Hi", "email.txt", "{#if word}\nHi", "sms.txt", "Hi"))
                .statusCode(422)
                .body("errors.pointer", contains("/files/email.txt"))
                .body("errors.line", contains(2));
        put(Map.of("type.yaml", TYPE_FILE.replace("string", "text"), "sms.txt", "Hi"))
                .statusCode(422)
                .body("errors.pointer", contains("/files/type.yaml"))
                .body("errors.detail", contains(containsString("/variables/word/type")));
        put(Map.of("type.yaml", "a: [", "sms.txt", "Hi"))
                .statusCode(422)
                .body("errors.pointer", contains("/files/type.yaml"))
                .body("errors.line[0]", equalTo(1));
        put(Map.of("type.yaml", TYPE_FILE, "email.subject.txt", "Hi", "sms.txt", "Hi"))
                .statusCode(422)
                .body("errors.pointer", contains("/files/email.txt"))
                .body("errors.detail", contains("is missing"));
        put(Map.of("sms.txt", "Hi")).statusCode(422).body("errors.pointer", contains("/files/type.yaml"));
        put(Map.of("../sms.txt", "Hi", "type.yaml", TYPE_FILE))
                .statusCode(422)
                .body("errors.pointer", contains("/files/..~1sms.txt"));
        put(Map.of("type.yaml", TYPE_FILE, "sms.txt", "x".repeat(100_001)))
                .statusCode(422)
                .body("errors.pointer", contains("/files/sms.txt"));
        put(Map.of("type.yaml", TYPE_FILE, "sms.txt", "x\0"))
                .statusCode(422)
                .body("errors.detail", contains("the text must hold no NUL character"));
        put(Map.of(
                        "type.yaml",
                        TYPE_FILE,
                        "email.subject.txt",
                        "Hi",
                        "email.txt",
                        "{cdi:x}{inject:y}{config:z}",
                        "sms.txt",
                        "Hi"))
                .statusCode(422);
        put(Map.of()).statusCode(422).body("errors.pointer", contains("/files"));
        given().contentType(ContentType.JSON)
                .body(Map.of("files", Map.of("sms.txt", "Hi")))
                .put("/api/v1/templates/lower-case/draft")
                .then()
                .statusCode(422);
        given().get("/api/v1/templates/" + type + "/draft").then().statusCode(404);
    }

    @Test
    void a_preview_reads_as_it_would_to_somebody_elsewhere() {
        for (var zone : Map.of("America/New_York", "June 30, 2026", "Europe/Berlin", "July 1, 2026")
                .entrySet()) {
            preview(
                            "ORDER_SHIPPED",
                            "{\"channel\": \"sms\", \"timeZone\": \"%s\", \"context\": {\"orderId\": \"o\", \"estimatedDeliveryDate\": \"2026-07-01T03:59:59Z\"}}"
                                    .formatted(zone.getKey()))
                    .statusCode(200)
                    .body("text", containsString(zone.getValue()));
        }
        for (var locale : List.of("de_AT", "DE-at", "de_DE.UTF-8", "deu")) {
            preview("ORDER_SHIPPED", "{\"channel\": \"sms\", \"locale\": \"%s\"}".formatted(locale))
                    .statusCode(200)
                    .body("locale", equalTo("de"));
        }
    }

    @Test
    void a_preview_names_every_variable_it_misses() {
        preview("ORDER_SHIPPED", "{\"channel\": \"sms\", \"context\": {\"carrier\": 5}}")
                .statusCode(422)
                .body("errors.pointer", contains("/context/orderId", "/context/carrier"))
                .body("errors.detail[0]", equalTo("is required"));
        preview("ORDER_SHIPPED", "{\"channel\": \"fax\"}").statusCode(422).body("errors.pointer", contains("/channel"));
        preview("ORDER_SHIPPED", "{\"channel\": \"sms\", \"locale\": \"German\"}")
                .statusCode(422)
                .body("errors.pointer", contains("/locale"));
        preview("ORDER_SHIPPED", "{\"channel\": \"sms\", \"locale\": \"\\u00a0\", \"timeZone\": \" \"}")
                .statusCode(200)
                .body("locale", equalTo("en"));
        preview("ORDER_SHIPPED", "{\"channel\": \"sms\", \"timeZone\": \"europe/berlin\"}")
                .statusCode(200);
        preview("ORDER_SHIPPED", "{\"channel\": \"sms\", \"timeZone\": \"EST\"}")
                .statusCode(422)
                .body("errors.pointer", contains("/timeZone"));
        preview("ORDER_SHIPPED", "{\"channel\": \"sms\", \"timeZone\": \"Mars/Base\"}")
                .statusCode(422)
                .body("errors.pointer", contains("/timeZone"));
        preview("ORDER_SHIPPED", "{\"channel\": \"sms\", \"version\": \"draft\"}")
                .statusCode(404);
        preview("NOPE", "{\"channel\": \"sms\"}").statusCode(404);
    }

    @Test
    void whoever_expects_another_draft_changes_nothing() {
        // Given
        String first = put(words("One", "Eins")).statusCode(201).extract().path("tag");
        given().contentType(ContentType.JSON)
                .header("If-None-Match", "*")
                .body(Map.of("files", words("Three", "Drei")))
                .put("/api/v1/templates/" + type + "/draft")
                .then()
                .statusCode(412);
        String second = put(words("Two", "Zwei")).statusCode(200).extract().path("tag");

        // Then
        given().contentType(ContentType.JSON)
                .header("If-Match", '"' + first + '"')
                .body(Map.of("files", words("Three", "Drei")))
                .put("/api/v1/templates/" + type + "/draft")
                .then()
                .statusCode(412);
        given().header("If-Match", '"' + first + '"')
                .post("/api/v1/templates/" + type + "/publish")
                .then()
                .statusCode(412);
        given().header("If-Match", '"' + second + '"')
                .post("/api/v1/templates/" + type + "/publish")
                .then()
                .statusCode(200);
        given().delete("/api/v1/templates/" + type + "/draft").then().statusCode(404);
    }

    @Test
    void what_rules_need_is_not_taken_from_them() {
        // Given
        put(words("One", "Eins")).statusCode(201);
        publish().statusCode(200);
        given().contentType(ContentType.JSON)
                .body(ruleOf(type))
                .put("/api/v1/rules/" + type.toLowerCase())
                .then()
                .log()
                .ifValidationFails()
                .statusCode(201);

        // Then
        given().delete("/api/v1/templates/" + type)
                .then()
                .statusCode(409)
                .body("detail", containsString("tells of " + type));
        put(Map.of(
                        "type.yaml",
                        TYPE_FILE.replace("[email, sms]", "[email]"),
                        "email.subject.txt",
                        "Hi",
                        "email.txt",
                        "Hi"))
                .statusCode(201);
        publish().statusCode(409).body("detail", containsString("needs the channels [sms]"));
    }

    @Test
    void what_a_rule_of_another_replica_needs_is_not_taken_from_it_before_this_one_has_heard_of_it() {
        // Given
        put(words("One", "Eins")).statusCode(201);
        publish().statusCode(200);
        elsewhere(
                "rules",
                open -> open.put(
                        "put",
                        new DocumentState(type.toLowerCase(), null, "elsewhere", null, open.now()),
                        ruleOf(type)));

        // Then
        given().delete("/api/v1/templates/" + type)
                .then()
                .statusCode(409)
                .body("detail", containsString("rule " + type.toLowerCase() + " tells of " + type));
    }

    @Test
    void a_rule_for_a_type_that_another_replica_has_just_deleted_is_refused() {
        // Given
        put(words("One", "Eins")).statusCode(201);
        publish().statusCode(200);
        elsewhere(
                PublishedTemplates.TOPIC,
                open -> open.change("deleted", new DocumentState(type, null, null, null, open.now())));

        // Then
        given().contentType(ContentType.JSON)
                .body(ruleOf(type))
                .put("/api/v1/rules/" + type.toLowerCase())
                .then()
                .statusCode(422)
                .body("errors[0].pointer", equalTo("/notify/type"))
                .body("errors[0].detail", containsString(type + " is no notification type"));
        given().get("/api/v1/rules/" + type.toLowerCase()).then().statusCode(404);
    }

    private static String ruleOf(String type) {
        return "{\"id\": \"%s\", \"on\": \"any.thing\", \"notify\": {\"type\": \"%s\", \"channels\": [\"sms\"]}}"
                .formatted(type.toLowerCase(), type);
    }

    private void elsewhere(String topic, Function<DocumentTransaction, Uni<Void>> change) {
        documents.change(topic, "other", change).await().atMost(Duration.ofSeconds(20));
    }

    @Test
    void only_administrators_of_the_default_tenant_change_what_is_everybodys() {
        // Given
        String key = given().contentType(ContentType.JSON)
                .body("{\"label\": \"brand\", \"roles\": [\"admin\"], \"tenant\": \"brand-%s\"}"
                        .formatted(type.toLowerCase()))
                .post("/api/v1/api-keys")
                .then()
                .statusCode(201)
                .extract()
                .path("key");

        // Then
        var theirs = given().header("X-API-Key", key).contentType(ContentType.JSON);
        theirs.body(Map.of("files", words("One", "Eins")))
                .put("/api/v1/templates/" + type + "/draft")
                .then()
                .statusCode(403);
        given().header("X-API-Key", key)
                .post("/api/v1/templates/ORDER_SHIPPED/publish")
                .then()
                .statusCode(403);
        given().header("X-API-Key", key)
                .delete("/api/v1/templates/ORDER_SHIPPED")
                .then()
                .statusCode(403);
        given().header("X-API-Key", key)
                .get("/api/v1/templates/ORDER_SHIPPED")
                .then()
                .statusCode(200);
    }

    @Test
    void what_the_api_never_published_is_no_version() {
        for (var name : List.of("v0", "v", "12", "v-1", "v1x", "5f0c2d9a7b31", "v12345678901")) {
            given().get("/api/v1/templates/ORDER_SHIPPED/versions/" + name)
                    .then()
                    .statusCode(404);
        }
    }

    @Test
    void what_another_replica_published_is_in_use_here_soon() {
        // Given
        var text = new TypeText(type, words("Elsewhere", "Anderswo"));

        // When
        elsewhere(
                PublishedTemplates.TOPIC,
                open -> open.put(
                        "published", new DocumentState(type, null, "v1", null, open.now()), published.content(text)));

        // Then
        await().atMost(Duration.ofSeconds(20))
                .until(() -> templates.folder(type).isPresent());
        preview("{\"channel\": \"sms\"}").body("text", equalTo("Elsewhere"));
    }

    @Test
    void both_doors_tell_in_the_same_words_in_the_customers_language_and_in_those_published_last() {
        // Given
        type = "ORDER_SHIPPED";
        var anna = customer("{\"preferences\": {}, \"locale\": \"de-AT\"}");

        // When
        ship(anna, "first");
        var byEvent = received(anna, 1).delivery();
        var id = submit(anna, "second", "");

        // Then
        var byRequest = received(anna, 2).delivery();
        assertThat(byEvent.subject()).isEqualTo("Ihre Bestellung first ist unterwegs");
        assertThat(byEvent.text()).contains("Guten Tag Anna,", "5. Juni 2024");
        assertThat(byEvent.html()).contains("lang=\"de\"", "Guten Tag Anna,");
        assertThat(byRequest.subject()).isEqualTo(byEvent.subject().replace("first", "second"));
        assertThat(byRequest.text()).isEqualTo(byEvent.text().replace("first", "second"));
        assertThat(byRequest.html()).isEqualTo(byEvent.html().replace("first", "second"));
        given().get("/api/v1/notifications/" + id)
                .then()
                .body("locale", equalTo("de"))
                .body("templateVersion", matchesPattern("[0-9a-f]{12}"));

        // When
        submit(anna, "third", ", \"locale\": \"en-GB\"");

        // Then
        assertThat(received(anna, 3).delivery().text()).contains("Hi Anna,", "5 June 2024");

        // When
        put(Map.of(
                        "email.subject.txt",
                        "Off it goes: {orderId}",
                        "email.txt",
                        "Off",
                        "email.subject.de.txt",
                        "Ab die Post: {orderId}",
                        "email.de.txt",
                        "Ab",
                        "sms.txt",
                        "Off"))
                .statusCode(201);
        String published = publish().statusCode(200).extract().path("version");
        ship(anna, "fourth");
        assertThat(received(anna, 4).delivery().subject()).isEqualTo("Ab die Post: fourth");
        var fifth = submit(anna, "fifth", "");

        // Then
        assertThat(received(anna, 5).delivery().subject()).isEqualTo("Ab die Post: fifth");
        given().get("/api/v1/notifications/" + fifth).then().body("templateVersion", equalTo(published));
        given().contentType(ContentType.JSON)
                .body(
                        "{\"type\": \"ORDER_SHIPPED\", \"customerId\": \"%s\", \"context\": {\"orderId\": \"x\"}, \"locale\": \"German\"}"
                                .formatted(anna))
                .post("/api/v1/notifications")
                .then()
                .statusCode(422)
                .body("errors.pointer", contains("/locale"));
    }

    @Test
    void the_language_is_the_preferences_before_the_customers_own_before_the_services() {
        // Given
        var byAttribute = customer("{\"preferences\": {}}");
        given().contentType(ContentType.JSON)
                .body("""
                {"user_id": "%s", "event_type": "any.thing", "event_timestamp": "%s", "user_traits": {"language": "de"}, "properties": {}}""".formatted(byAttribute, clock.instant()))
                .post("/api/v1/events")
                .then()
                .log()
                .ifValidationFails()
                .statusCode(202);
        var nobodyKnows = customer("{\"preferences\": {}}");

        // When
        submit(byAttribute, "one", "");
        submit(nobodyKnows, "two", "");

        // Then
        assertThat(received(byAttribute, 1).delivery().subject()).isEqualTo("Ihre Bestellung one ist unterwegs");
        assertThat(received(nobodyKnows, 1).delivery().subject()).isEqualTo("Your order two has shipped");
        given().contentType(ContentType.JSON)
                .body("{\"preferences\": {}, \"locale\": \"German\"}")
                .put("/api/v1/preferences/" + nobodyKnows)
                .then()
                .statusCode(422)
                .body("errors.pointer", contains("/locale"));
        given().contentType(ContentType.JSON)
                .body("{\"preferences\": {}, \"locale\": \"fr\"}")
                .put("/api/v1/preferences/" + nobodyKnows)
                .then()
                .statusCode(200)
                .body("locale", equalTo("fr"));
    }

    private static Map<String, String> words(String english, String german) {
        return Map.of(
                "type.yaml",
                TYPE_FILE,
                "sms.txt",
                english,
                "email.subject.txt",
                english,
                "email.txt",
                english + ", {customer.name ?: 'you'}{#if at??}, on {at.day}{/if}",
                "email.subject.de.txt",
                german,
                "email.de.txt",
                german + ", {customer.name ?: 'du'}{#if at??}, am {at.day}{/if}");
    }

    private ValidatableResponse put(Map<String, String> files) {
        return given().contentType(ContentType.JSON)
                .body(Map.of("files", files))
                .put("/api/v1/templates/" + type + "/draft")
                .then()
                .log()
                .ifValidationFails();
    }

    private ValidatableResponse publish() {
        return given().post("/api/v1/templates/" + type + "/publish")
                .then()
                .log()
                .ifValidationFails();
    }

    private ValidatableResponse preview(String request) {
        return preview(type, request);
    }

    private static ValidatableResponse preview(String type, String request) {
        return given().contentType(ContentType.JSON)
                .body(request)
                .post("/api/v1/templates/" + type + "/preview")
                .then()
                .log()
                .ifValidationFails();
    }

    private String customer(String preferences) {
        var id = "lang-" + ids.next();
        emails.play(address(id), delivery -> Uni.createFrom().item(new DeliveryOutcome.Sent("taken")));
        given().contentType(ContentType.JSON)
                .body("{\"name\": \"Anna\", \"email\": \"%s\"}".formatted(address(id)))
                .put("/api/v1/customers/" + id)
                .then()
                .statusCode(201);
        given().contentType(ContentType.JSON)
                .body(preferences)
                .put("/api/v1/preferences/" + id)
                .then()
                .log()
                .ifValidationFails()
                .statusCode(201);
        return id;
    }

    private static void ship(String customer, String order) {
        given().contentType(ContentType.JSON)
                .body("""
                {"user_id": "%s", "event_type": "ordering.order-status-changed", "event_timestamp": "2026-03-01T12:00:00Z", "properties":
                 {"orderId": "%s", "customerId": "%s", "newStatus": "SHIPPED", "carrier": "UPS", "estimatedDeliveryDate": "2024-06-05"}}""".formatted(customer, order, customer))
                .post("/api/v1/events")
                .then()
                .log()
                .ifValidationFails()
                .statusCode(202);
    }

    private static String submit(String customer, String order, String more) {
        return given().contentType(ContentType.JSON)
                .body("""
                {"type": "ORDER_SHIPPED", "customerId": "%s", "context": {"orderId": "%s", "carrier": "UPS", "estimatedDeliveryDate": "2024-06-05"}%s}""".formatted(customer, order, more))
                .post("/api/v1/notifications")
                .then()
                .log()
                .ifValidationFails()
                .statusCode(202)
                .extract()
                .path("trackingId");
    }

    private LeasedDelivery received(String customer, int count) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(
                        () -> assertThat(emails.received(address(customer))).hasSize(count));
        return emails.received(address(customer)).get(count - 1);
    }

    private static String address(String customer) {
        return customer + "@example.com";
    }
}
