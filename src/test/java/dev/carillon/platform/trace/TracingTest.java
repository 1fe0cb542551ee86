package dev.carillon.platform.trace;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** One trace follows an event from the request through journal and outbox to each delivery. */
@QuarkusTest
@TestProfile(TracingTest.Traced.class)
class TracingTest {

    public static class Traced implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("quarkus.otel.sdk.disabled", "false", "quarkus.otel.bsp.schedule.delay", "10ms", "quarkus.otel.bsp.export.timeout", "5s",
                    "quarkus.otel.exporter.otlp.enabled", "false");
        }
    }

    @ApplicationScoped
    static class Exporter {

        @Produces
        @ApplicationScoped
        InMemorySpanExporter exporter() {
            return InMemorySpanExporter.create();
        }
    }

    @Inject
    InMemorySpanExporter spans;

    @Test
    void one_trace_runs_from_the_event_to_its_deliveries() {
        // Given
        var trace = "4bf92f3577b34da6a3ce929d0e0e4701";

        // When
        given().contentType(ContentType.JSON).header("traceparent", "00-" + trace + "-00f067aa0ba902b7-01").body("""
                {"user_id": "cust-001", "event_type": "ordering.order-status-changed", "event_timestamp": "2025-10-31T19:00:00Z",
                 "properties": {"orderId": "traced-1", "customerId": "cust-001", "newStatus": "SHIPPED"}}""")
                .post("/api/v1/events").then().statusCode(202);

        // Then
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(namesIn(trace))
                .contains("POST /api/v1/events", "react bss.ordering", "deliver email", "deliver sms"));
    }

    @Test
    void one_trace_runs_from_the_call_to_its_deliveries() {
        // Given
        var trace = "4bf92f3577b34da6a3ce929d0e0e4702";

        // When
        given().contentType(ContentType.JSON).header("traceparent", "00-" + trace + "-00f067aa0ba902b7-01").body("""
                {"type": "ORDER_SHIPPED", "customerId": "cust-001", "context": {"orderId": "traced-2"}}""")
                .post("/api/v1/notifications").then().statusCode(202);

        // Then
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(namesIn(trace))
                .contains("POST /api/v1/notifications", "deliver email", "deliver sms"));
    }

    private List<String> namesIn(String trace) {
        return spans.getFinishedSpanItems().stream().filter(span -> span.getTraceId().equals(trace)).map(SpanData::getName).toList();
    }
}
