package dev.carillon;

import static dev.carillon.notification.callback.ProvidersCall.EXAMPLE;
import static io.restassured.RestAssured.given;
import static io.restassured.config.EncoderConfig.encoderConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import dev.carillon.apidriven.caller.InventoryCaller;
import dev.carillon.apidriven.caller.Team;
import dev.carillon.bss.Customer;
import dev.carillon.bss.Product;
import dev.carillon.delivery.DeliveryOutcome;
import dev.carillon.delivery.LeasedDelivery;
import dev.carillon.delivery.email.EmailScripts;
import dev.carillon.eventsourced.producer.CustomerService;
import dev.carillon.notification.callback.ProvidersCall;
import dev.carillon.notification.tracking.NotificationView;
import dev.carillon.notification.tracking.Tracking;
import dev.carillon.platform.id.Ids;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** docs/new-notification-type.md, carried out: a type nobody knew when the service was built. */
@QuarkusTest
@TestProfile(ProvidersCall.class)
class BackInStockTest {

    private static final Path CALLER = Path.of("src/test/java/dev/carillon/apidriven/caller/InventoryCaller.java");
    private static final String DEFAULT = "default";

    @Inject
    CustomerService customers;

    @Inject
    InventoryCaller caller;

    @Inject
    EmailScripts emails;

    @Inject
    Tracking tracking;

    @Inject
    Ids ids;

    /** The database outlives this test, and no other knows the words. */
    @AfterEach
    void takeTheRuleAway() {
        given().delete("/api/v1/rules/back-in-stock");
    }

    @Test
    void one_rule_one_template_and_one_schema_tell_through_door_one_what_takes_java_in_door_two() throws IOException {
        // Given
        var product = new Product("prod-" + ids.next(), "Lamp", new BigDecimal("20.00"), "home");
        var fan = fan(product);
        var rule = Files.readString(EXAMPLE.resolve("rules/inventory.yaml"));
        given().config(RestAssured.config()
                        .encoderConfig(encoderConfig().encodeContentTypeAs("application/yaml", ContentType.TEXT)))
                .contentType("application/yaml")
                .body(rule)
                .put("/api/v1/rules/back-in-stock")
                .then()
                .statusCode(201);
        given().get("/api/v1/event-types").then().statusCode(200).body("type", hasItem("inventory.back-in-stock"));

        // When
        given().contentType(ContentType.JSON)
                .body("""
                {"user_id": "inventory", "event_type": "inventory.back-in-stock", "event_timestamp": "2026-03-01T12:00:00Z",
                 "properties": {"restockId": "rst-%s", "productId": "%s", "productName": "Lamp", "quantity": 3}}""".formatted(product.id(), product.id()))
                .post("/api/v1/events")
                .then()
                .statusCode(202)
                .body("accepted", equalTo(1));

        // Then
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(received(fan)).hasSize(1));
        var first = received(fan).get(0).delivery();
        assertThat(first.subject()).isEqualTo("Back in stock: Lamp");
        assertThat(first.text())
                .contains("Hi Ada", "The Lamp from your wishlist can be had again.", "There are 3 of them.");

        // When
        var team = new Team(DEFAULT, key());
        caller.restocked(team, "rst-" + product.id(), product, 3).await().atMost(Duration.ofSeconds(20));
        caller.restocked(team, "again-" + product.id(), product, 3).await().atMost(Duration.ofSeconds(20));

        // Then
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(received(fan)).hasSize(2));
        assertThat(received(fan).get(1).delivery().text()).isEqualTo(first.text());
        assertThat(told(fan))
                .filteredOn(one -> ("back-in-stock/rst-" + product.id() + "/" + fan).equals(one.businessKey()))
                .extracting(NotificationView::door, one -> String.valueOf(one.reason()))
                .containsExactlyInAnyOrder(
                        tuple("event-sourced", "null"), tuple("api-driven", "DUPLICATE_BUSINESS_KEY"));
    }

    @Test
    void the_page_counts_right() throws IOException {
        // Given
        var page = Files.readString(Path.of("docs/new-notification-type.md"));

        // Then
        assertThat(page).contains("| the rule | `rules/inventory.yaml` | " + lines(EXAMPLE.resolve("rules")) + " |");
        assertThat(page)
                .contains("| the words | `notifications/BACK_IN_STOCK/` | " + lines(EXAMPLE.resolve("notifications"))
                        + " |");
        assertThat(page)
                .contains("| the schema | `event-types/inventory.back-in-stock.json` | "
                        + lines(EXAMPLE.resolve("event-types")) + " |");
        assertThat(page).contains("| the caller | `InventoryCaller.java` | " + lines(CALLER) + " |");
    }

    /** Somebody who wishes for the product, wants offers by email, and whose mail the test can read. */
    private String fan(Product product) {
        var id = "fan-" + ids.next();
        emails.play(address(id), delivery -> Uni.createFrom().item(new DeliveryOutcome.Sent("taken")));
        customers
                .register(DEFAULT, new Customer(id, "Ada", address(id), "+12025550100", "gold", ids.now()))
                .await()
                .atMost(Duration.ofSeconds(10));
        customers
                .changePreferences(DEFAULT, id, Map.of("promotions", Map.of("email", true, "sms", false)))
                .await()
                .atMost(Duration.ofSeconds(10));
        customers.addToWishlist(DEFAULT, id, product.id()).await().atMost(Duration.ofSeconds(10));
        return id;
    }

    private static String key() {
        return given().contentType(ContentType.JSON)
                .body("{\"label\": \"inventory team\", \"roles\": [\"sender\"]}")
                .post("/api/v1/api-keys")
                .then()
                .statusCode(201)
                .extract()
                .path("key");
    }

    private List<LeasedDelivery> received(String customer) {
        return emails.received(address(customer));
    }

    private List<NotificationView> told(String customer) {
        return tracking.all(DEFAULT).await().atMost(Duration.ofSeconds(10)).stream()
                .filter(one -> customer.equals(one.customerId()))
                .toList();
    }

    private static String address(String customer) {
        return customer + "@example.com";
    }

    private static long lines(Path path) throws IOException {
        try (Stream<Path> files = Files.walk(path)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(BackInStockTest::linesOf)
                    .sum();
        }
    }

    private static long linesOf(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> !line.isBlank()).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
