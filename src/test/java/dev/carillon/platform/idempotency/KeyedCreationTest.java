package dev.carillon.platform.idempotency;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import dev.carillon.platform.id.Ids;
import dev.carillon.platform.sql.PgTx;
import dev.carillon.platform.sql.Transactions;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whatever a POST creates, it creates once for a key. */
@QuarkusTest
class KeyedCreationTest {

    private static final String HOOK = "{\"url\": \"https://shop.example.com/hooks/%s\"}";

    @Inject
    Ids ids;

    @Inject
    Transactions transactions;

    private final String unique = "k" + System.nanoTime();

    @Test
    void a_webhook_with_its_secret() {
        var path = "/api/v1/webhooks";
        var id = twice(path, HOOK.formatted(unique), 201).<String>path("webhook.id");

        refused(path, HOOK.formatted(unique));
        assertThat(given().get(path).then().extract().jsonPath().getList("url", String.class))
                .filteredOn(url -> url.endsWith(unique))
                .hasSize(1);
        var before = given().post(path + "/{id}/rotate", id)
                .then()
                .statusCode(200)
                .extract()
                .<String>path("secret");
        assertThat(twice(path + "/" + id + "/rotate", null, 200).<String>path("secret"))
                .startsWith("whsec_")
                .isNotEqualTo(before);
        twice(path + "/" + id + "/test", null, 202);
        twice(path + "/" + id + "/enable", null, 200);
        given().delete(path + "/{id}", id).then().statusCode(204);
    }

    @Test
    void an_api_key() {
        var path = "/api/v1/api-keys";
        var key = twice(path, "{\"label\": \"" + unique + "\", \"roles\": [\"reader\"]}", 201);

        refused(path, "{\"label\": \"" + unique + "\", \"roles\": [\"reader\"]}");
        assertThat(given().get(path).then().extract().jsonPath().getList("label", String.class))
                .filteredOn(unique::equals)
                .hasSize(1);
        given().header("X-API-Key", key.<String>path("key"))
                .get("/api/v1/customers/nobody")
                .then()
                .statusCode(404);
        given().delete(path + "/{id}", key.<String>path("id")).then().statusCode(204);
    }

    @Test
    void a_suppression_that_is_lifted_meanwhile_is_not_made_again() {
        var path = "/api/v1/suppressions";
        var body = "{\"channel\": \"email\", \"address\": \"" + unique + "@example.com\"}";
        var first = post(path, body, unique).statusCode(201).extract().<String>path("id");
        given().delete(path + "/{id}", first).then().statusCode(204);

        post(path, body, unique).statusCode(201).header(Answer.REPLAYED, "true").body("id", equalTo(first));

        given().queryParam("channel", "email")
                .queryParam("address", unique + "@example.com")
                .get(path)
                .then()
                .body("suppressions.size()", equalTo(0));
        refused(path, body);
    }

    @Test
    void a_backtest_and_a_replay() {
        var backtest = "/api/v1/rules/backtest";
        assertThat(twice(
                                backtest,
                                "{\"onTopOfCurrent\": true, \"rules\": \"[]\", \"from\": {\"position\": 1}, \"to\": {\"position\": 1}}",
                                200)
                        .<String>path("id"))
                .isNotBlank();
        refused(backtest, "{\"onTopOfCurrent\": true, \"rules\": \"[]\"}");

        var replays = "/api/v1/replays";
        Awaitility.await()
                .until(() -> given().get(replays).then().extract().jsonPath().getList("state", String.class).stream()
                        .noneMatch("running"::equals));
        var replay = twice(replays, null, 202);
        assertThat(replay.header("Location")).endsWith(replays + "/" + replay.<String>path("id"));
        assertThat(given().get(replays).then().extract().jsonPath().getList("id", String.class))
                .filteredOn(replay.<String>path("id")::equals)
                .hasSize(1);
        refused(replays, null);
    }

    @Test
    void redriven_dead_letters() {
        var path = "/api/v1/dead-letters/redrive";
        twice(path, "{\"channel\": \"" + unique + "\"}", 200);
        refused(path, "{\"channel\": \"" + unique + "\"}");
        var one = "/api/v1/dead-letters/" + ids.next() + "/redrive";
        twice(one, null, 404);
        refused(one, null);
    }

    @Test
    void a_published_template_and_one_rolled_back() {
        var type = "T" + unique.toUpperCase(Locale.ROOT);
        var template = "/api/v1/templates/" + type;
        given().contentType(ContentType.JSON)
                .body(Map.of("files", Map.of("type.yaml", """
                description: Something
                category: account_activity
                channels: [inbox]
                variables:
                  word: { type: string, required: true, example: hello, description: What to say }
                """, "inbox.subject.txt", "News", "inbox.txt", "Say {word}")))
                .put(template + "/draft")
                .then()
                .statusCode(201);

        assertThat(twice(template + "/publish", null, 200).<String>path("version"))
                .isEqualTo("v1");
        twice(template + "/rollback", "{\"version\": \"v1\"}", 200);

        refused(template + "/publish", null);
        refused(template + "/rollback", "{\"version\": \"v1\"}");
        assertThat(given().get(template + "/history")
                        .then()
                        .extract()
                        .jsonPath()
                        .getList("change", String.class))
                .filteredOn("published"::equals)
                .hasSize(1);
        given().delete(template).then().statusCode(204);
    }

    @Test
    void a_rule_switched_off_and_on() {
        twice("/api/v1/rules/wishlist-sale/disable", null, 200);
        twice("/api/v1/rules/wishlist-sale/enable", null, 200);
        refused("/api/v1/rules/wishlist-sale/enable", null);
    }

    @Test
    void what_was_submitted_and_published_before_there_were_others() {
        var event =
                "{\"user_id\": \"cust-001\", \"event_type\": \"shop.visited\", \"event_timestamp\": \"2026-01-01T00:00:00Z\", \"event_id\": \""
                        + unique + "\"}";
        assertThat(twice("/api/v1/events", event, 202).<Integer>path("accepted"))
                .isEqualTo(1);
        refused("/api/v1/events", event);
        refused(
                "/notify",
                "{\"notification_type\": \"ORDER_SHIPPED\", \"customer_id\": \"cust-001\", \"context\": {\"orderId\": \"ord-001\"}}");
    }

    /** Whatever else there will be; those with a body are above. */
    @Test
    void a_key_is_for_one_content_also_where_none_is_taken() {
        var operations = given().get("/q/openapi?format=json")
                .jsonPath()
                .<Map<String, Map<String, Map<String, Object>>>>get("paths");
        var keyed = operations.entrySet().stream()
                .filter(path -> path.getValue().containsKey("post")
                        && !path.getValue().get("post").containsKey("requestBody")
                        && String.valueOf(path.getValue().get("post").get("parameters"))
                                .contains(IdempotencyKey.HEADER))
                .map(Map.Entry::getKey)
                .toList();

        assertThat(keyed).hasSizeGreaterThanOrEqualTo(8).allSatisfy(path -> {
            var at = path.replaceAll("\\{[^}]+}", "17");
            post(at, null, unique + at);
            post(at, null, unique + at).header(Answer.REPLAYED, "true");
            for (var other : List.of("{\"a\": 2}", "{", "none")) {
                post(at, other, unique + at).statusCode(422);
            }
        });
    }

    @Test
    void a_secret_in_an_answer_is_not_kept_in_the_clear() {
        twice("/api/v1/api-keys", "{\"label\": \"" + unique + "\", \"roles\": [\"reader\"]}", 201);
        var hook = twice("/api/v1/webhooks", HOOK.formatted(unique), 201).<String>path("webhook.id");
        twice("/api/v1/webhooks/" + hook + "/rotate", null, 200);

        var kept = transactions
                .inTransaction(tx -> PgTx.connection(tx)
                        .preparedQuery("select operation, body from idempotency_key where key like $1 || '%'")
                        .execute(Tuple.of(unique)))
                .await()
                .indefinitely();

        assertThat(kept)
                .hasSize(3)
                .allSatisfy(row -> assertThat(row.getString("body"))
                        .as(row.getString("operation"))
                        .startsWith("enc1.")
                        .doesNotContain("whsec_", "\""));
        given().delete("/api/v1/webhooks/{id}", hook).then().statusCode(204);
    }

    /** With a key, and with the same key as a string of RFC 8941: the same answer. */
    private Response twice(String path, @Nullable String body, int status) {
        var key = unique + "/" + path;
        var first = post(path, body, key)
                .statusCode(status)
                .header(Answer.REPLAYED, nullValue())
                .extract();
        var again = post(path, body, "\"" + key + "\"")
                .statusCode(status)
                .header(Answer.REPLAYED, "true")
                .extract();
        assertThat(again.asString()).isEqualTo(first.asString());
        assertThat(again.header("Location")).isEqualTo(first.header("Location"));
        post(path, body == null ? "{\"more\": 1}" : body.replace("}", ", \"more\": 1}"), key)
                .statusCode(422);
        return first.response();
    }

    private static void refused(String path, @Nullable String body) {
        for (var none : List.of("", "\"\"", "\"open", "\"a\\b\"")) {
            post(path, body, none)
                    .statusCode(400)
                    .contentType("application/problem+json")
                    .body("type", endsWith("/bad-request"));
        }
    }

    private static ValidatableResponse post(String path, @Nullable String body, String key) {
        var request = given().header(IdempotencyKey.HEADER, key);
        return (body == null ? request : request.contentType(ContentType.JSON).body(body))
                .post(path)
                .then();
    }
}
