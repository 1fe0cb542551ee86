package dev.carillon.platform.telemetry;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static dev.carillon.notification.callback.ProvidersCall.TWILIO;
import static dev.carillon.notification.callback.ProvidersCall.http;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.delivery.dispatch.DeliveryBell;
import dev.carillon.eventsourced.reaction.Sweeps;
import dev.carillon.notification.TestPipeline;
import dev.carillon.notification.callback.ProvidersCall;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One trace follows an event from the request through journal and outbox to each delivery. */
@QuarkusTest
@TestProfile(ProvidersCall.class)
class TracingTest {

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

    @Inject
    Sweeps sweeps;

    @Inject
    DeliveryBell bell;

    @Inject
    Pool pool;

    @Inject
    TestPipeline pipeline;

    @BeforeEach
    void nothingYet() {
        pipeline.customer("default", "traced", "traced@example.com", "+12025550100");
        nothingOfOthersIsOnItsWay();
        spans.reset();
        http().resetRequests();
        http().stubFor(any(urlPathMatching("/hook-.*")).willReturn(aResponse().withStatus(201)));
    }

    /** What tests before have left to be told, such as to endpoints that never answer, would be traced, too. */
    private void nothingOfOthersIsOnItsWay() {
        pool.query("delete from outbox where state <> 1").executeAndAwait();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> pool.query("select from outbox").executeAndAwait().rowCount() == 0);
    }

    @Test
    void one_trace_runs_from_the_event_to_its_deliveries() {
        // Given
        var trace = "4bf92f3577b34da6a3ce929d0e0e4701";

        // When
        given().contentType(ContentType.JSON)
                .header("traceparent", "00-" + trace + "-00f067aa0ba902b7-01")
                .body("""
                {"user_id": "traced", "event_type": "ordering.order-status-changed", "event_timestamp": "2025-10-31T19:00:00Z",
                 "properties": {"orderId": "traced-1", "customerId": "traced", "newStatus": "SHIPPED"}}""")
                .post("/api/v1/events")
                .then()
                .statusCode(202);

        // Then
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(namesIn(trace))
                        .contains("POST /api/v1/events", "react bss.ordering", "deliver email", "deliver sms"));
    }

    @Test
    void one_trace_runs_from_the_call_to_its_deliveries() {
        // Given
        var trace = "4bf92f3577b34da6a3ce929d0e0e4702";

        // When
        given().contentType(ContentType.JSON)
                .header("traceparent", "00-" + trace + "-00f067aa0ba902b7-01")
                .body("""
                {"type": "ORDER_SHIPPED", "customerId": "traced", "context": {"orderId": "traced-2"}}""")
                .post("/api/v1/notifications")
                .then()
                .statusCode(202);

        // Then
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(namesIn(trace))
                        .contains("POST /api/v1/notifications", "deliver email", "deliver sms"));
    }

    @ParameterizedTest
    @CsvSource({"4bf92f3577b34da6a3ce929d0e0e4703, 01", "4bf92f3577b34da6a3ce929d0e0e4704, 00"})
    void providers_and_subscribers_are_called_in_it_sampled_or_not(String trace, String sampled) {
        // Given
        var hook = given().contentType(ContentType.JSON)
                .body("{\"url\": \"" + http().url("/hook-" + sampled) + "\"}")
                .post("/api/v1/webhooks")
                .then()
                .statusCode(201)
                .extract()
                .<String>path("webhook.id");

        // When
        shipped(trace, sampled);

        // Then
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            sweeps.now();
            bell.ring(Set.of("sms", "email", "statuswebhook"));
            assertThat(calledIn(TWILIO))
                    .singleElement()
                    .asString()
                    .startsWith("00-" + trace)
                    .endsWith(sampled);
            assertThat(calledIn("/hook-" + sampled))
                    .isNotEmpty()
                    .allSatisfy(parent ->
                            assertThat(parent).startsWith("00-" + trace).endsWith(sampled));
        });
        given().delete("/api/v1/webhooks/" + hook).then().statusCode(204);
        if (sampled.equals("01")) {
            var delivering = spansIn(trace).stream()
                    .filter(span -> span.getName().equals("deliver sms"))
                    .findFirst()
                    .orElseThrow();
            assertThat(calledIn(TWILIO)).singleElement().asString().contains(delivering.getSpanId());
            assertThat(namesIn(trace)).contains("deliver statuswebhook");
        } else {
            assertThat(namesIn(trace)).isEmpty();
        }
    }

    @Test
    void what_nobody_asked_for_leaves_no_span() {
        // Given
        var trace = "4bf92f3577b34da6a3ce929d0e0e4705";
        shipped(trace, "01");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> namesIn(trace).containsAll(Set.of("deliver email", "deliver sms")));

        // When
        for (int round = 0; round < 20; round++) {
            sweeps.now();
            bell.ring(Set.of("sms", "email", "statuswebhook", "inbox"));
            given().get("/healthz/ready").then().statusCode(200);
            given().get("/q/metrics").then().statusCode(200);
        }
        shipped("4bf92f3577b34da6a3ce929d0e0e4706", "01");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> namesIn("4bf92f3577b34da6a3ce929d0e0e4706")
                        .containsAll(Set.of("deliver email", "deliver sms")));

        // Then
        var made = spans.getFinishedSpanItems().stream()
                .filter(span -> !span.getName().contains("/api/v1/webhooks"))
                .toList(); // of another test
        assertThat(made)
                .extracting(SpanData::getName)
                .containsOnly("POST /api/v1/events", "react bss.ordering", "deliver email", "deliver sms");
        assertThat(made).extracting(SpanData::getTraceId).containsOnly(trace, "4bf92f3577b34da6a3ce929d0e0e4706");
    }

    /** @param sampled whether whoever began the trace keeps it: 01 or 00 */
    private static void shipped(String trace, String sampled) {
        given().contentType(ContentType.JSON)
                .header("traceparent", "00-" + trace + "-00f067aa0ba902b7-" + sampled)
                .body("""
                {"user_id": "traced", "event_type": "ordering.order-status-changed", "event_timestamp": "2025-10-31T19:00:00Z",
                 "properties": {"orderId": "%s", "customerId": "traced", "newStatus": "SHIPPED"}}""".formatted(trace))
                .post("/api/v1/events")
                .then()
                .statusCode(202);
    }

    private static List<String> calledIn(String path) {
        return http().findAll(postRequestedFor(urlPathMatching(path))).stream()
                .map(call -> call.getHeader("traceparent"))
                .toList();
    }

    private List<String> namesIn(String trace) {
        return spansIn(trace).stream().map(SpanData::getName).toList();
    }

    private List<SpanData> spansIn(String trace) {
        return spans.getFinishedSpanItems().stream()
                .filter(span -> span.getTraceId().equals(trace))
                .toList();
    }
}
