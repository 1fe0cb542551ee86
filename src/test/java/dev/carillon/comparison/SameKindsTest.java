package dev.carillon.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.carillon.eventsourced.event.EventSchema;
import dev.carillon.eventsourced.event.EventSchemas;
import dev.carillon.notification.template.Categories;
import dev.carillon.notification.template.Templates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A field of an event and the variable it becomes are of one kind, so that no value can be fine for one and wrong for the other. */
class SameKindsTest {

    /** What the customers API has checks of its own for, which events are held against as well. */
    private static final Set<String> CHECKED_ELSEWHERE =
            Set.of("customer.customer-updated", "customer.preferences-changed");

    private static final EventSchemas SCHEMAS = new EventSchemas(Optional.empty());
    private static final Templates TEMPLATES = new Templates(new Categories());

    @ParameterizedTest
    @CsvSource({
        "ordering.order-status-changed, ORDER_SHIPPED, orderId carrier trackingNumber estimatedDeliveryDate",
        "ordering.line-item-status-changed, ORDER_COMPLETE, orderId",
        "billing.payment-failed, PAYMENT_FAILED, amount currency failureReason orderId attemptNumber retryUrl",
        "pricing.price-changed, PRICE_DROP_ALERT, productName oldPrice newPrice currency",
        "promotions.promotion-created, WISHLIST_SALE, productName promotionName=name salePrice originalPrice discountPercent currency endsAt",
        "payment_failed, INSUFFICIENT_FUNDS_EMAIL, amount currency attemptNumber=attempt_number",
        "payment_failed, HIGH_RISK_ALERT, amount currency attemptNumber=attempt_number failureReason=failure_reason",
        "link_bank_success, BANK_LINK_NUDGE_SMS, bankName=bank_name"
    })
    void a_field_and_its_variable_are_of_one_kind(String event, String type, String pairs) {
        var fields = SCHEMAS.named(event).orElseThrow().json().path("properties");
        var variables = TEMPLATES.type(type).orElseThrow().variables();

        assertThat(pairs.split(" ")).allSatisfy(pair -> {
            var variable = pair.split("=")[0];
            var field = pair.contains("=") ? pair.split("=")[1] : pair;
            assertThat(fields.path(field).path("x-kind").asText())
                    .as(pair)
                    .isEqualTo(variables.get(variable).kind().word());
        });
    }

    @Test
    void every_plain_field_of_a_bundled_event_has_a_kind() {
        for (var schema : SCHEMAS.all()) {
            if (!CHECKED_ELSEWHERE.contains(schema.type())) {
                assertThat(withoutKind(schema.json(), "")).as(schema.type()).isEmpty();
            }
        }
    }

    @Test
    void of_the_customer_s_facts_the_schema_says_no_more_than_what_they_are_made_of() {
        assertThat(CHECKED_ELSEWHERE)
                .allSatisfy(type -> assertThat(required(type)).containsExactly("customerId"));
    }

    @Test
    void a_kind_that_there_is_not_stops_the_start(@TempDir Path directory) throws IOException {
        Files.writeString(
                directory.resolve("odd.json"),
                "{\"type\": \"object\", \"properties\": {\"a\": {\"x-kind\": \"money\"}}}");

        assertThatThrownBy(() -> new EventSchemas(Optional.of(directory)))
                .hasMessageContaining("odd.json")
                .hasStackTraceContaining("amount, percent");
    }

    private static List<String> required(String type) {
        var names = new ArrayList<String>();
        SCHEMAS.named(type)
                .map(EventSchema::json)
                .orElseThrow()
                .path("required")
                .forEach(name -> names.add(name.asText()));
        return names;
    }

    private static List<String> withoutKind(JsonNode schema, String at) {
        var found = new ArrayList<String>();
        for (var parts : List.of(schema.path("properties"), schema.path("$defs"))) {
            for (Map.Entry<String, JsonNode> part : parts.properties()) {
                found.addAll(withoutKind(part.getValue(), at + "/" + part.getKey()));
            }
        }
        var isPlain = !Set.of("object", "array").contains(schema.path("type").asText()) && !schema.has("$ref");
        if (isPlain && !schema.has("x-kind")) {
            found.add(at);
        }
        return found;
    }
}
