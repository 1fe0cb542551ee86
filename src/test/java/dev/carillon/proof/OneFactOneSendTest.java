package dev.carillon.proof;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.notification.decision.Reason;
import dev.carillon.notification.tracking.NotificationView;
import dev.carillon.notification.tracking.NotificationView.AttemptView;
import dev.carillon.notification.tracking.Status;
import dev.carillon.notification.tracking.Tracking;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Sixteen callers and sixteen events tell the same fact at the same moment, of many facts: each is told once. */
@QuarkusTest
@TestProfile(Races.class)
class OneFactOneSendTest {

    private static final int FACTS = 40;
    private static final int CALLERS = 16;
    private static final int EVENTS = 16;
    /** Each event is published twice. */
    private static final int DIFFERENT_EVENTS = EVENTS / 2;

    private static final String CUSTOMER = "one-fact-one-send";

    @Inject
    Tracking tracking;

    @Inject
    Pool pool;

    @Test
    void a_fact_is_told_once_whoever_tells_it_and_through_whichever_door() {
        // Given
        given().contentType(ContentType.JSON)
                .body("{\"name\": \"N\", \"email\": \"n@example.com\", \"phone\": \"+15550000001\"}")
                .put("/api/v1/customers/" + CUSTOMER)
                .then()
                .statusCode(201);
        var accepted = new AtomicInteger();
        var recorded = new AtomicInteger();

        // When
        var all = Executors.newFixedThreadPool(CALLERS + EVENTS);
        try {
            var callers = IntStream.range(0, CALLERS)
                    .<Runnable>mapToObj(
                            caller -> () -> IntStream.range(0, FACTS).forEach(fact -> accepted.addAndGet(call(fact))));
            var events = IntStream.range(0, EVENTS)
                    .<Runnable>mapToObj(event -> () -> IntStream.range(0, FACTS)
                            .forEach(fact -> recorded.addAndGet(publish(fact, event % DIFFERENT_EVENTS))));
            Stream.concat(callers, events)
                    .map(one -> CompletableFuture.runAsync(one, all))
                    .toList()
                    .forEach(CompletableFuture::join);
        } finally {
            all.shutdown();
        }
        await().atMost(Duration.ofSeconds(30))
                .until(() -> number("select count(*) from event_pending") == 0 && number("""
                select count(*) from outbox o join delivery d on d.id = o.delivery_id join notification n on n.id = d.notification_id
                where n.customer_id = 'one-fact-one-send'""") == 0);

        // Then
        var told = tracking.all("default").await().indefinitely().stream()
                .filter(one -> one.customerId().equals(CUSTOMER))
                .toList();
        assertThat(recorded.get()).isEqualTo(FACTS * DIFFERENT_EVENTS);
        assertThat(told).hasSize(FACTS * (CALLERS + DIFFERENT_EVENTS));
        var byFact = told.stream().collect(Collectors.groupingBy(one -> String.valueOf(one.businessKey())));
        assertThat(byFact).hasSize(FACTS).allSatisfy((fact, ofIt) -> isToldOnce(ofIt));
        assertThat(accepted.get())
                .as("what callers were told")
                .isEqualTo(winners(told).stream()
                        .filter(one -> one.door().equals("api-driven"))
                        .count());
        System.out.printf(
                "one fact, one send: %d facts, won by %s%n",
                FACTS,
                winners(told).stream().collect(Collectors.groupingBy(NotificationView::door, Collectors.counting())));
    }

    private static List<NotificationView> winners(List<NotificationView> told) {
        return told.stream().filter(one -> one.reason() == null).toList();
    }

    private static void isToldOnce(List<NotificationView> ofOneFact) {
        assertThat(winners(ofOneFact)).singleElement().satisfies(winner -> {
            assertThat(winner.status()).isEqualTo(Status.SENT);
            assertThat(winner.deliveries())
                    .extracting(NotificationView.DeliveryView::channel)
                    .containsExactlyInAnyOrder("email", "sms");
            assertThat(winner.deliveries())
                    .allSatisfy(delivery -> assertThat(delivery.attempts())
                            .extracting(AttemptView::outcome)
                            .containsOnlyOnce("sent"));
            assertThat(ofOneFact).filteredOn(one -> one != winner).allSatisfy(other -> {
                assertThat(other.reason()).isEqualTo(Reason.DUPLICATE_BUSINESS_KEY);
                assertThat(other.duplicateOf()).isEqualTo(winner.trackingId());
                assertThat(other.deliveries()).isEmpty();
            });
        });
    }

    private static int call(int fact) {
        var answer = given().contentType(ContentType.JSON)
                .body("""
                {"type": "ORDER_SHIPPED", "customerId": "%1$s", "context": {"orderId": "fact-%2$d"}, "businessKey": "order/fact-%2$d/shipped"}""".formatted(CUSTOMER, fact))
                .post("/api/v1/notifications")
                .then()
                .statusCode(202)
                .extract();
        return answer.<String>path("status").equals("accepted") ? 1 : 0;
    }

    private static int publish(int fact, int event) {
        return given().contentType(ContentType.JSON)
                .body("""
                {"event_id": "fact-%2$d-%3$d", "user_id": "%1$s", "event_type": "ordering.order-status-changed", "event_timestamp": "2025-10-31T19:00:00Z",
                 "properties": {"orderId": "fact-%2$d", "customerId": "%1$s", "newStatus": "SHIPPED"}}""".formatted(CUSTOMER, fact, event))
                .post("/api/v1/events")
                .then()
                .statusCode(202)
                .extract()
                .<Integer>path("accepted");
    }

    private long number(String query) {
        return pool.query(query).executeAndAwait().iterator().next().getLong(0);
    }
}
