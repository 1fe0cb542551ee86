package dev.carillon.notification.unsubscribe;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import dev.carillon.platform.id.Ids;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class UnsubscribeTest {

    @Inject
    Unsubscribing unsubscribing;

    @Inject
    Pool pool;

    @Inject
    Ids ids;

    private String customer = "";

    @BeforeEach
    void somebodyWhoWantsOffersByMailAndSms() {
        customer = ids.next();
        given().contentType(ContentType.JSON)
                .body("{\"name\": \"O\", \"email\": \"o@example.com\"}")
                .put("/api/v1/customers/" + customer)
                .then()
                .statusCode(201);
        given().contentType(ContentType.JSON)
                .body("{\"preferences\": {\"price_alerts\": {\"email\": true, \"sms\": true}}}")
                .put("/api/v1/preferences/" + customer)
                .then()
                .statusCode(201);
    }

    @Test
    void to_look_changes_nothing_and_one_click_takes_them_off() {
        // Given
        var link = linkOf(told("PRICE_DROP_ALERT", "{\"productName\": \"Router\", \"oldPrice\": 2, \"newPrice\": 1}"));
        assertThat(link).startsWith("https://carillon.test/unsubscribe/");
        var path = URI.create(Objects.requireNonNull(link)).getPath();

        // When
        given().get(path)
                .then()
                .statusCode(200)
                .contentType(containsString("text/html"))
                .body(containsString("Price drops"));
        preference("email", true);
        given().contentType(ContentType.URLENC)
                .body("List-Unsubscribe=One-Click")
                .post(path)
                .then()
                .statusCode(200);
        given().contentType(ContentType.URLENC)
                .body("List-Unsubscribe=One-Click")
                .post(path)
                .then()
                .statusCode(200);

        // Then
        preference("email", false);
        preference("sms", true);
        given().get("/api/v1/preferences/" + customer).then().body("version", equalTo(2));
        String id = told("PRICE_DROP_ALERT", "{\"productName\": \"Router\", \"oldPrice\": 2, \"newPrice\": 1}");
        given().get("/api/v1/notifications/" + id)
                .then()
                .body("deliveries.find { it.channel == 'email' }.reason", equalTo("CATEGORY_OFF"));
    }

    @Test
    void what_is_not_commercial_has_no_link() {
        assertThat(linkOf(told("ORDER_SHIPPED", "{\"orderId\": \"o\"}"))).isNull();
        assertThat(unsubscribing.link(new UnsubscribeTarget("default", customer, "price_alerts", "sms")))
                .isNull();
    }

    @Test
    void a_link_of_somebody_elses_making_leads_nowhere() {
        given().get("/unsubscribe/ZGVmYXVsdAo").then().statusCode(404).contentType("application/problem+json");
        given().post("/unsubscribe/ZGVmYXVsdAo").then().statusCode(404);
    }

    private void preference(String channel, boolean wanted) {
        given().get("/api/v1/preferences/" + customer)
                .then()
                .body("preferences.price_alerts." + channel, equalTo(wanted))
                .body("timeZone", nullValue());
    }

    private String told(String type, String context) {
        return given().contentType(ContentType.JSON)
                .body("{\"type\": \"%s\", \"customerId\": \"%s\", \"context\": %s}".formatted(type, customer, context))
                .post("/api/v1/notifications")
                .then()
                .statusCode(202)
                .extract()
                .path("trackingId");
    }

    private @Nullable String linkOf(String notification) {
        return pool.preparedQuery(
                        "select unsubscribe_url from delivery where notification_id = $1 and channel = 'email'")
                .executeAndAwait(Tuple.of(notification))
                .iterator()
                .next()
                .getString("unsubscribe_url");
    }
}
