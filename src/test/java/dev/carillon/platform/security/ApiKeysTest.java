package dev.carillon.platform.security;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.carillon.platform.id.Ids;
import dev.carillon.platform.sql.Transactions;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ExtractableResponse;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys, roles and tenants; also where nobody is asked for a key, one that is shown counts. */
@QuarkusTest
class ApiKeysTest {

    private static final String KEYS = "/api/v1/api-keys";
    private static final String SHIPPED =
            "{\"type\":\"ORDER_SHIPPED\",\"customerId\":\"cust-001\",\"context\":{\"orderId\":\"o\"}}";

    @Inject
    Ids ids;

    @Inject
    PgApiKeys store;

    @Inject
    LastUse lastUse;

    @Inject
    Transactions transactions;

    @Test
    void a_key_is_shown_once_and_listed_without_its_secret() {
        // When
        var issued = issue(null, "{\"label\":\"team\",\"roles\":[\"sender\",\"reader\"]}")
                .statusCode(201)
                .extract();

        // Then
        String secret = issued.path("key");
        assertThat(secret).startsWith("ck_").hasSizeGreaterThan(40);
        assertThat(issued.<String>path("tenant")).isEqualTo("default");
        var list = given().get(KEYS)
                .then()
                .statusCode(200)
                .body("id", hasItem(issued.<String>path("id")))
                .extract()
                .asString();
        assertThat(list).doesNotContain(secret);
    }

    @ParameterizedTest
    @CsvSource({
        "sender,    202, 403, 403, 200, 201",
        "reader,    403, 403, 403, 200, 403",
        "publisher, 403, 403, 202, 403, 403",
        "admin,     202, 201, 202, 200, 201"
    })
    void a_role_opens_what_it_is_for(String role, int submit, int makeKey, int publish, int read, int keep) {
        var key = keyFor(null, "{\"label\":\"x\",\"roles\":[\"" + role + "\"]}");

        as(key).body(SHIPPED).post("/api/v1/notifications").then().statusCode(submit);
        as(key).body("{\"label\":\"y\",\"roles\":[\"reader\"]}")
                .post(KEYS)
                .then()
                .statusCode(makeKey);
        as(key).body("[]").post("/api/v1/events").then().statusCode(publish);
        as(key).get("/api/v1/customers/cust-001").then().statusCode(read);
        as(key).body("{\"name\":\"X\"}")
                .put("/api/v1/customers/of-" + role)
                .then()
                .statusCode(keep);
    }

    @Test
    void the_last_use_is_shown_and_of_several_replicas_the_latest_stays() {
        // Given
        var issued = issue(null, "{\"label\":\"x\",\"roles\":[\"reader\"]}").extract();
        String id = issued.path("id");
        given().get(KEYS + "/" + id).then().statusCode(200).body("lastUsedAt", nullValue());

        // When
        as(issued.path("key")).get("/api/v1/customers/cust-001").then().statusCode(200);

        // Then
        given().get(KEYS + "/" + id).then().body("lastUsedAt", notNullValue(), "createdAt", notNullValue());
        lastUse.write().await().indefinitely();
        var written = written(id);
        assertThat(written).isNotNull();
        var slow = new LastUse(store, transactions, Clock.fixed(written.minusSeconds(5), ZoneOffset.UTC));
        slow.noted(id);
        slow.write().await().indefinitely();
        assertThat(written(id)).isEqualTo(written);
        var fast = new LastUse(store, transactions, Clock.fixed(written.plusSeconds(5), ZoneOffset.UTC));
        fast.noted(id);
        fast.noted("open");
        fast.write().await().indefinitely();
        assertThat(written(id)).isEqualTo(written.plusSeconds(5));
    }

    private Instant written(String id) {
        return transactions.inTransaction(tx -> store.all(tx, "default")).await().indefinitely().stream()
                .filter(one -> one.key().id().equals(id))
                .map(KeyInForce::lastUsedAt)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void what_a_role_does_not_open_is_a_403_problem() {
        var reader = keyFor(null, "{\"label\":\"x\",\"roles\":[\"reader\"]}");

        as(reader)
                .body(SHIPPED)
                .post("/api/v1/notifications")
                .then()
                .statusCode(403)
                .contentType("application/problem+json")
                .body("type", endsWith("/forbidden"))
                .body("instance", equalTo("/api/v1/notifications"))
                .body("roles", containsInAnyOrder("admin", "sender"))
                .body("detail", equalTo("The key needs one of the roles admin, sender"));
        as(reader)
                .get(KEYS)
                .then()
                .statusCode(403)
                .body("roles", contains("admin"))
                .body("detail", equalTo("The key needs the role admin"));
    }

    @Test
    void what_was_revoked_on_another_replica_is_forgotten_with_the_next_look() {
        // Given
        var issued = issue(null, "{\"label\":\"x\",\"roles\":[\"reader\"]}").extract();
        String key = issued.path("key");
        String other = keyFor(null, "{\"label\":\"y\",\"roles\":[\"reader\"]}");
        as(key).get("/api/v1/customers/cust-001").then().statusCode(200);
        as(other).get("/api/v1/customers/cust-001").then().statusCode(200);

        // When
        transactions
                .inTransaction(tx -> store.revoke(tx, "default", issued.path("id"), ids.now()))
                .await()
                .atMost(Duration.ofSeconds(20));
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () -> as(key).get("/api/v1/customers/cust-001").then().statusCode(401));

        // Then
        as(key).get("/api/v1/customers/cust-001").then().statusCode(401);
        as(other).get("/api/v1/customers/cust-001").then().statusCode(200);
    }

    @Test
    void a_revoked_key_opens_nothing_from_then_on() {
        // Given
        var issued = issue(null, "{\"label\":\"x\",\"roles\":[\"reader\"]}").extract();
        String key = issued.path("key");
        as(key).get("/api/v1/customers/cust-001").then().statusCode(200);

        // When
        given().delete(KEYS + "/" + issued.path("id")).then().statusCode(204);

        // Then
        as(key).get("/api/v1/customers/cust-001").then().statusCode(401).body("type", endsWith("/unauthenticated"));
        given().get(KEYS).then().body("id", not(hasItem(issued.<String>path("id"))));
        given().delete(KEYS + "/" + issued.path("id")).then().statusCode(404).body("type", endsWith("/not-found"));
    }

    @Test
    void a_key_nobody_made_is_a_401_everywhere() {
        for (var path : new String[] {"/api/v1/customers/cust-001", "/nope", "/q/metrics"}) {
            as("ck_wrong")
                    .get(path)
                    .then()
                    .statusCode(401)
                    .contentType("application/problem+json")
                    .header("WWW-Authenticate", "Bearer realm=\"carillon\", ApiKey header=\"X-API-Key\"")
                    .body("instance", equalTo(path));
        }
    }

    @Test
    void a_bearer_token_opens_what_the_key_does() {
        var reader = keyFor(null, "{\"label\":\"x\",\"roles\":[\"reader\"]}");

        given().header("Authorization", "Bearer " + reader)
                .get("/api/v1/customers/cust-001")
                .then()
                .statusCode(200);
        given().header("Authorization", "bearer " + reader)
                .contentType(ContentType.JSON)
                .body(SHIPPED)
                .post("/api/v1/notifications")
                .then()
                .statusCode(403);
        for (var wrong : new String[] {"Bearer ck_wrong", "Bearer", "Bearer "}) {
            given().header("Authorization", wrong)
                    .get("/api/v1/customers/cust-001")
                    .then()
                    .statusCode(401)
                    .header("WWW-Authenticate", containsString("Bearer realm="))
                    .header("WWW-Authenticate", containsString("ApiKey header="));
        }
    }

    @Test
    void tenants_see_nothing_of_each_other() {
        // Given
        var tenant = "brand-" + ids.next().toLowerCase(Locale.ROOT);
        var other = keyFor(null, "{\"label\":\"of b\",\"roles\":[\"admin\"],\"tenant\":\"" + tenant + "\"}");
        as(other)
                .body("{\"email\":\"b@example.com\"}")
                .put("/api/v1/customers/only-b")
                .then()
                .statusCode(201);
        String ofA = given().contentType(ContentType.JSON)
                .body(SHIPPED)
                .post("/api/v1/notifications")
                .path("trackingId");
        String ofB = as(other)
                .body(SHIPPED.replace("cust-001", "only-b"))
                .post("/api/v1/notifications")
                .path("trackingId");
        String keyOfA = issue(null, "{\"label\":\"x\",\"roles\":[\"reader\"]}")
                .extract()
                .path("id");

        // Then
        as(other).get("/api/v1/notifications/" + ofB).then().statusCode(200);
        as(other).get("/api/v1/notifications/" + ofA).then().statusCode(404);
        given().get("/api/v1/notifications/" + ofB).then().statusCode(404);
        as(other).get("/api/v1/customers/cust-001").then().statusCode(404);
        as(other).get("/api/v1/preferences/cust-001").then().statusCode(404);
        as(other).body("{}").put("/api/v1/preferences/cust-001").then().statusCode(404);
        as(other).body(SHIPPED).post("/api/v1/notifications").then().statusCode(404);
        given().get("/api/v1/customers/only-b").then().statusCode(404);
        as(other).delete(KEYS + "/" + keyOfA).then().statusCode(404);
        as(other).get(KEYS).then().body("label", contains("of b")).body("tenant", contains(tenant));
    }

    @Test
    void only_administrators_of_default_make_keys_for_other_tenants() {
        // Given
        var tenant = "brand-" + ids.next().toLowerCase(Locale.ROOT);
        var other = keyFor(null, "{\"label\":\"x\",\"roles\":[\"admin\"],\"tenant\":\"" + tenant + "\"}");

        // Then
        issue(other, "{\"label\":\"y\",\"roles\":[\"reader\"],\"tenant\":\"default\"}")
                .statusCode(403)
                .body("type", endsWith("/forbidden"));
        issue(other, "{\"label\":\"y\",\"roles\":[\"reader\"],\"tenant\":\"" + tenant + "\"}")
                .statusCode(201)
                .body("tenant", equalTo(tenant));
        issue(other, "{\"label\":\"y\",\"roles\":[\"reader\"]}").statusCode(201).body("tenant", equalTo(tenant));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '|',
            value = {
                "{\"roles\":[\"reader\"]}                                      ; /label",
                "{\"label\":\" \",\"roles\":[\"reader\"]}                      ; /label",
                "{\"label\":\"a\\u0000\",\"roles\":[\"reader\"]}               ; /label",
                "{\"label\":\"x\"}                                             ; /roles",
                "{\"label\":\"x\",\"roles\":[]}                                ; /roles",
                "{\"label\":\"x\",\"roles\":[null]}                            ; /roles",
                "{\"label\":\"x\",\"roles\":[\"boss\"]}                        ; /roles",
                "{\"label\":\"x\",\"roles\":\"admin\"}                         ; /roles",
                "{\"label\":\"x\",\"roles\":[\"reader\"],\"tenant\":\"A b\"}   ; /tenant",
                "{\"label\":\"x\",\"roles\":[\"reader\"],\"tenant\":\"\"}      ; /tenant"
            })
    void a_request_that_does_not_fit_is_a_422_that_points_at_the_field(String body, String pointer) {
        issue(null, body).statusCode(422).body("errors.pointer", contains(pointer));
    }

    private static String keyFor(@Nullable String key, String body) {
        ExtractableResponse<Response> issued = issue(key, body).statusCode(201).extract();
        return issued.path("key");
    }

    private static ValidatableResponse issue(@Nullable String key, String body) {
        return as(key).body(body).post(KEYS).then().log().ifValidationFails();
    }

    private static RequestSpecification as(@Nullable String key) {
        var request = given().contentType(ContentType.JSON);
        return key == null ? request : request.header("X-API-Key", key);
    }
}
