package dev.carillon.eventsourced.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.carillon.eventsourced.event.EventSchema.SchemaViolation;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EventSchemasTest {

    private static final EventSchemas SCHEMAS = new EventSchemas(Optional.empty());
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    static List<String> records() {
        return EventTypes.names();
    }

    static List<EventSchema> schemas() {
        return List.copyOf(SCHEMAS.all());
    }

    @ParameterizedTest
    @MethodSource("records")
    void every_record_has_a_schema_with_its_fields(String type) {
        // Given
        var components = EventTypes.named(type).orElseThrow().getRecordComponents();

        // When
        var schema = SCHEMAS.named(type).orElseThrow().json();

        // Then
        assertThat(schema.at("/properties").fieldNames())
                .toIterable()
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(components).map(RecordComponent::getName).toList());
        assertThat(StreamSupport.stream(schema.path("required").spliterator(), false)
                        .map(JsonNode::asText))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(components)
                        .filter(component -> !component.getAnnotatedType().isAnnotationPresent(Nullable.class))
                        .map(RecordComponent::getName)
                        .toList());
        assertThat(schema.path("x-subject").asText())
                .isEqualTo(schema.at("/properties").has("customerId") ? "customerId" : "none");
    }

    @ParameterizedTest
    @MethodSource("records")
    void an_example_that_fits_the_schema_fits_the_record(String type) throws IOException {
        assertThat(MAPPER.treeToValue(
                        SCHEMAS.named(type).orElseThrow().json().at("/examples/0"),
                        EventTypes.named(type).orElseThrow()))
                .isNotNull();
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void every_schema_has_words_and_an_example_that_fits(EventSchema schema) {
        assertThat(schema.title()).isNotEqualTo(schema.type());
        assertThat(schema.description()).endsWith(".");
        assertThat(schema.json().path("examples"))
                .isNotEmpty()
                .allSatisfy(example -> assertThat(schema.violations(example)).isEmpty());
    }

    @Test
    void what_does_not_fit_is_named_by_its_place() throws IOException {
        assertThat(
                        violations(
                                "pricing.price-changed",
                                "{\"productId\": \"p\", \"productName\": \"n\", \"oldPrice\": \"cheap\", \"currency\": \"USD\"}"))
                .containsExactlyInAnyOrder(
                        new SchemaViolation("/newPrice", "is required"),
                        new SchemaViolation("/oldPrice", "must be a number, not a string"));
        assertThat(violations(
                        "ordering.order-placed",
                        "{\"orderId\": \"o\", \"customerId\": \"c\", \"lineItems\": [{\"id\": \"1\"}, 7]}"))
                .extracting(SchemaViolation::pointer)
                .contains("/lineItems/0/productId", "/lineItems/1");
        assertThat(
                        violations(
                                "ordering.order-status-changed",
                                "{\"orderId\": \"o\", \"customerId\": \"c\", \"newStatus\": \"SHIPPED\", \"estimatedDeliveryDate\": \"soon\"}"))
                .extracting(SchemaViolation::pointer)
                .containsOnly("/estimatedDeliveryDate");
    }

    @Test
    void a_schema_knows_which_field_names_the_customer() throws IOException {
        assertThat(SCHEMAS.named("customer.cart-item-removed")
                        .orElseThrow()
                        .subjectIn(MAPPER.readTree("{\"customerId\": \"c\"}")))
                .isEqualTo("c");
        assertThat(SCHEMAS.named("payment_failed").orElseThrow().subjectIn(MAPPER.readTree("{\"customerId\": \"c\"}")))
                .isNull();
        assertThat(SCHEMAS.named("pricing.price-changed").orElseThrow().subjectIn(MAPPER.readTree("{\"none\": \"c\"}")))
                .isNull();
    }

    @Test
    void a_field_nobody_knows_of_is_welcome_everywhere() throws IOException {
        assertThat(
                        violations(
                                "ordering.order-status-changed",
                                "{\"orderId\": \"o\", \"customerId\": \"c\", \"newStatus\": \"SHIPPED\", \"estimated_delivery_date\": \"2025-11-05\", \"giftWrap\": {\"colour\": \"red\"}}"))
                .isEmpty();
    }

    @Test
    void the_fintech_types_ask_for_little() throws IOException {
        assertThat(violations("signup_completed", "{}")).isEmpty();
        assertThat(violations("link_bank_success", "{\"bank_name\": \"Santander\"}"))
                .isEmpty();
        assertThat(violations("payment_failed", "{\"failure_reason\": \"INSUFFICIENT_FUNDS\"}"))
                .isEmpty();
        assertThat(violations("payment_failed", "{\"attempt_number\": \"three\"}"))
                .extracting(SchemaViolation::pointer)
                .containsExactly("/attempt_number");
    }

    @Test
    void a_directory_adds_types_and_replaces_them(@TempDir Path directory) throws IOException {
        // Given
        Files.writeString(
                directory.resolve("warehouse.back-in-stock.json"),
                "{\"type\": \"object\", \"required\": [\"productId\"]}");
        Files.writeString(directory.resolve("payment_failed.json"), "{\"type\": \"object\", \"required\": [\"bank\"]}");

        // When
        var schemas = new EventSchemas(Optional.of(directory));

        // Then
        assertThat(schemas.named("warehouse.back-in-stock").orElseThrow().violations(MAPPER.readTree("{}")))
                .containsExactly(new SchemaViolation("/productId", "is required"));
        assertThat(schemas.named("payment_failed").orElseThrow().violations(MAPPER.readTree("{}")))
                .containsExactly(new SchemaViolation("/bank", "is required"));
        assertThat(schemas.all()).hasSize(SCHEMAS.all().size() + 1);
    }

    @Test
    void a_broken_schema_stops_the_start_with_its_name(@TempDir Path directory) throws IOException {
        assertThatThrownBy(() -> with(directory, "{"))
                .hasMessageContaining("broken.json")
                .hasMessageContaining("line 1");
        assertThatThrownBy(() -> with(directory, "[]")).hasMessageContaining("broken.json");
        assertThatThrownBy(() -> with(directory, "{\"type\": \"text\"}"))
                .hasMessageContaining("broken.json")
                .hasMessageContaining("/type");
        assertThatThrownBy(() -> with(directory, "{\"$ref\": \"https://example.com/elsewhere.json\"}"))
                .hasMessageContaining("broken.json");
        assertThatThrownBy(() -> with(directory, "{\"properties\": {\"a\": {\"$ref\": \"#/$defs/nowhere\"}}}"))
                .hasMessageContaining("broken.json");
    }

    private static void with(Path directory, String schema) throws IOException {
        Files.writeString(directory.resolve("broken.json"), schema);
        new EventSchemas(Optional.of(directory));
    }

    private static List<SchemaViolation> violations(String type, String data) throws IOException {
        return SCHEMAS.named(type).orElseThrow().violations(MAPPER.readTree(data));
    }
}
