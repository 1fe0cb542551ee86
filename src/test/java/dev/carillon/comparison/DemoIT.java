package dev.carillon.comparison;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.greaterThan;

import dev.carillon.testing.MailingProduction;
import dev.carillon.testing.PackagedService;
import dev.carillon.testing.PackagedTest;
import dev.carillon.testing.Production;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** In production, with a mail server configured: whatever the demo tells, nobody hears. */
@PackagedTest
@ResourceLock(Production.SHARED)
class DemoIT {

    private static final List<String> SCENARIOS = List.of("order-shipped", "price-drop-alert", "order-complete");

    private static PackagedService service;

    @BeforeAll
    static void start() {
        service = MailingProduction.service();
    }

    @Test
    void a_demo_tells_its_stories_and_nobody_hears() throws Exception {
        // When
        for (var scenario : SCENARIOS) {
            admin().get("/demo/event-sourced/" + scenario)
                    .then()
                    .statusCode(200)
                    .body("notifications.size()", greaterThan(0));
            admin().post("/demo/api-driven/" + scenario)
                    .then()
                    .statusCode(200)
                    .body("notifications.size()", greaterThan(0));
        }
        admin().get("/demo/comparison").then().statusCode(200);

        // Then: a mail that was to go out afterwards is there, and only that
        var customer = "d-" + UUID.randomUUID();
        admin().body(Map.of("name", "D", "email", customer + "@example.com"))
                .put("/api/v1/customers/" + customer)
                .then()
                .statusCode(201);
        admin().body(Map.of(
                        "type",
                        "ORDER_SHIPPED",
                        "customerId",
                        customer,
                        "channels",
                        List.of("email"),
                        "context",
                        Map.of("orderId", "o")))
                .post("/api/v1/notifications")
                .then()
                .statusCode(202);
        MailingProduction.mailTo(customer + "@example.com");
        assertThat(MailingProduction.recipients())
                .contains(customer + "@example.com")
                .noneMatch(address -> address.matches("(alice|bob|carol|david|eva|frank)[^@]*@.*"));
        assertThat(MailingProduction.recipients())
                .allMatch(address -> address.matches("[ud]-[0-9a-f-]{36}@example.com"));
        assertThat(service.output()).contains("sample data not published: a provider is configured");
    }

    private static RequestSpecification admin() {
        return given().baseUri(service.uri("").toString())
                .contentType("application/json")
                .header("X-API-Key", MailingProduction.ADMIN_KEY);
    }
}
