package dev.carillon.comparison;

import static dev.carillon.testing.PostedEvent.event;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.oneOf;

import dev.carillon.notification.TestPipeline;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** Whoever is erased is nobody any more, through either door. */
@QuarkusTest
class ErasureTest {

    private static final Duration DEADLINE = Duration.ofSeconds(30);

    @Inject
    DataSource database;

    private final String customer = TestPipeline.unique("erased");
    private final String canary = "canary-" + TestPipeline.unique("x");
    private final String email = canary + "@example.com";
    private final String path = "/api/v1/customers/" + customer;

    @Test
    void nothing_is_left_that_says_who_they_were_and_what_they_were_told_stays_without_its_words() throws Exception {
        // Given
        put("{\"name\": \"" + canary + "\", \"email\": \"" + email
                + "\", \"segment\": \"gold\", \"attributes\": {\"ios\": \"" + canary + "\"}}");
        given().contentType(ContentType.JSON)
                .body("{\"timeZone\": \"Europe/Berlin\", \"frequencyCap\": {\"max\": 100, \"per\": \"P1D\"}}")
                .put("/api/v1/preferences/" + customer)
                .then()
                .statusCode(201);
        publish(
                "customer.cart-item-added",
                "{\"customerId\": \"" + customer + "\", \"productId\": \"" + canary + "\", \"quantity\": 1}");
        publish(
                "ordering.order-placed",
                "{\"customerId\": \"" + customer + "\", \"orderId\": \"order-of-" + customer
                        + "\", \"lineItems\": [{\"id\": \"1\", \"productId\": \"p\", " + "\"productName\": \"" + canary
                        + "\", \"quantity\": 1, \"status\": \"PENDING\"}]}");
        var told = notify("\"businessKey\": \"told/" + customer + "\"", "20");
        var waiting = notify("\"sendAt\": \"2099-01-01T00:00:00Z\"", "0");
        given().get("/api/v1/notifications/" + told).then().body("status", equalTo("sent"));
        await().atMost(DEADLINE)
                .until(() -> count(
                                "select count(*) from event_pending p join event e using (position) where e.subject = ?",
                                customer)
                        == 0);
        assertThat(mentions()).isNotEmpty();
        assertThat(count("select count(*) from throttle_send where key = ?", "@cap/" + customer))
                .isEqualTo(2);

        // When
        given().delete(path).then().statusCode(204);

        // Then
        assertThat(mentions()).isEmpty();
        given().get(path).then().statusCode(404).body("type", endsWith("/unknown-customer"));
        given().get("/api/v1/preferences/" + customer).then().statusCode(404);
        given().get(path + "/inbox").then().statusCode(404);
        given().delete(path).then().statusCode(404);
        given().get("/api/v1/notifications/" + told)
                .then()
                .statusCode(200)
                .body("status", equalTo("sent"))
                .body("customerId", equalTo(customer))
                .body("deliveries.find { it.channel == 'email' }.recipient", nullValue());
        given().get("/api/v1/notifications/" + waiting)
                .then()
                .body("status", equalTo("cancelled"))
                .body("reason", equalTo("CANCELLED"));
        given().get("/api/v1/events?subject=" + customer).then().statusCode(200).body("events.size()", equalTo(2));
        assertThat(count("select count(*) from event where subject = ? and erased and data::text = '{}'", customer))
                .isEqualTo(2);
        assertThat(count("select count(*) from business_key where key = ?", "told/" + customer))
                .isZero();
        assertThat(count("select count(*) from throttle_send where key = ?", "@cap/" + customer))
                .isZero();
        assertThat(count("select count(*) from throttle where key = ?", "@cap/" + customer))
                .isZero();
        assertThat(count("select count(*) from memory_relation where customer_id = ?", customer))
                .isZero();
        assertThat(count("select count(*) from outbox where customer_id = ?", customer))
                .isZero();
    }

    @Test
    void who_is_known_again_begins_anew() {
        // Given
        put("{\"email\": \"" + email + "\"}");
        notify("\"channels\": [\"inbox\"]", "20");
        given().get(path + "/inbox").then().body("messages.size()", equalTo(1));
        given().delete(path).then().statusCode(204);

        // When
        put("{\"name\": \"Somebody else\"}").then().statusCode(201).body("email", nullValue());

        // Then
        given().get(path + "/inbox").then().statusCode(200).body("messages", empty());
        notify("\"channels\": [\"inbox\"]", "20");
        given().get(path + "/inbox").then().body("messages.size()", equalTo(1)).body("messages.id", not(hasItem(1)));
        given().post(path + "/inbox/1/read").then().statusCode(404).body("type", endsWith("/not-found"));
    }

    /** Whoever saw the one before must not change the one after: by ETag or by version, of contact details and preferences, and whichever door makes them known. */
    @Test
    void no_version_of_who_was_erased_is_ever_one_of_who_is_known_again() {
        // Given
        var preferences = "/api/v1/preferences/" + customer;
        var seen = new ArrayList<String>();
        var chosen = new ArrayList<String>();
        put("{\"email\": \"" + email + "\"}");

        for (var knownByAnEvent : List.of(false, true, false)) {
            // When
            given().contentType(ContentType.JSON)
                    .body("{\"optedOut\": true}")
                    .put(preferences)
                    .then()
                    .statusCode(201);
            seen.add(given().get(path).header("ETag"));
            chosen.add(given().get(preferences).header("ETag"));
            given().delete(path).then().statusCode(204);
            if (knownByAnEvent) {
                publish(
                        "customer.customer-updated",
                        "{\"customerId\": \"" + customer
                                + "\", \"name\": \"N\", \"email\": null, \"phone\": null, \"segment\": null}");
                await().atMost(DEADLINE).until(() -> given().get(path).statusCode() == 200);
            } else {
                given().contentType(ContentType.JSON)
                        .body("{\"name\": \"N\", \"version\": 0}")
                        .put(path)
                        .then()
                        .statusCode(201);
            }

            // Then
            for (var tag : seen) {
                given().header("If-Match", tag)
                        .contentType(ContentType.JSON)
                        .body("{\"name\": \"M\"}")
                        .put(path)
                        .then()
                        .statusCode(412);
                given().header("If-Match", tag).delete(path).then().statusCode(412);
                given().header("If-None-Match", tag).get(path).then().statusCode(200);
                given().contentType(ContentType.JSON)
                        .body("{\"name\": \"M\", \"version\": " + tag.replace("\"", "") + "}")
                        .put(path)
                        .then()
                        .statusCode(409);
            }
            given().contentType(ContentType.JSON)
                    .body("{\"optedOut\": false, \"version\": 0}")
                    .put(preferences)
                    .then()
                    .statusCode(201);
            for (var tag : chosen) {
                given().header("If-Match", tag)
                        .contentType(ContentType.JSON)
                        .body("{\"optedOut\": true}")
                        .put(preferences)
                        .then()
                        .statusCode(412);
                given().contentType(ContentType.JSON)
                        .body("{\"optedOut\": true, \"version\": " + tag.replace("\"", "") + "}")
                        .put(preferences)
                        .then()
                        .statusCode(409);
            }
            given().delete(path).then().statusCode(204);
            given().contentType(ContentType.JSON).body("{}").put(path).then().statusCode(201);
        }
        assertThat(seen).doesNotHaveDuplicates();
        assertThat(chosen).doesNotHaveDuplicates();
    }

    @Test
    void nobody_is_erased_who_is_not_known() {
        given().delete("/api/v1/customers/nobody-" + customer)
                .then()
                .statusCode(404)
                .body("type", endsWith("/unknown-customer"));
    }

    private Response put(String body) {
        var kept = given().contentType(ContentType.JSON).body(body).put(path);
        kept.then().statusCode(oneOf(200, 201));
        return kept;
    }

    private String notify(String more, String wait) {
        return given().contentType(ContentType.JSON)
                .header("Prefer", "wait=" + wait)
                .body("{\"type\": \"ACCOUNT_NOTICE\", \"customerId\": \"" + customer + "\", \"context\": {\"title\": \""
                        + canary + "\", \"message\": \"" + canary + "\"}, " + more + "}")
                .post("/api/v1/notifications")
                .then()
                .log()
                .ifValidationFails()
                .extract()
                .path("trackingId");
    }

    /** Tables in which the canary sings. */
    private List<String> mentions() throws SQLException {
        var found = new ArrayList<String>();
        try (var connection = connection();
                var tables = connection.createStatement();
                var names = tables.executeQuery(
                        "select relname from pg_class where relnamespace = 'carillon'::regnamespace and relkind in ('r', 'p') and not relispartition")) {
            while (names.next()) {
                var table = names.getString(1);
                try (var asked = connection.prepareStatement(
                        "select count(*) from carillon." + table + " t where t::text like ?")) {
                    asked.setString(1, "%" + canary + "%");
                    try (var counted = asked.executeQuery()) {
                        counted.next();
                        if (counted.getLong(1) > 0) {
                            found.add(table);
                        }
                    }
                }
            }
        }
        return found;
    }

    private long count(String sql, String value) throws SQLException {
        try (var connection = connection();
                var asked = connection.prepareStatement(sql)) {
            asked.setString(1, value);
            try (var counted = asked.executeQuery()) {
                counted.next();
                return counted.getLong(1);
            }
        }
    }

    private Connection connection() throws SQLException {
        var connection = database.getConnection();
        connection.setSchema("carillon");
        return connection;
    }

    private void publish(String type, String data) {
        event(customer, type)
                .id(TestPipeline.unique("e"))
                .at("2026-01-01T00:00:00Z")
                .data(data)
                .publish();
    }
}
