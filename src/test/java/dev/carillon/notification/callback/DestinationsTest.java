package dev.carillon.notification.callback;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;

import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import dev.carillon.delivery.Delivery;
import dev.carillon.delivery.dispatch.DeliveryBell;
import dev.carillon.delivery.outbox.NewDelivery;
import dev.carillon.delivery.outbox.Outbox;
import dev.carillon.notification.TestPipeline;
import dev.carillon.notification.webhook.Webhooks;
import dev.carillon.platform.id.Ids;
import dev.carillon.platform.idempotency.IdempotentWork;
import dev.carillon.platform.sql.PgTx;
import dev.carillon.platform.sql.Transactions;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One destination's trouble is nobody else's: not of other tenants, and not of the tenant's other destinations. */
@QuarkusTest
@TestProfile(ProvidersCall.class)
class DestinationsTest {

    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final String SUBSCRIBERS = "statuswebhook";
    private static final String ENDPOINTS = "webhook";

    @Inject
    Webhooks webhooks;

    @Inject
    Outbox outbox;

    @Inject
    DeliveryBell bell;

    @Inject
    Transactions transactions;

    @Inject
    Ids ids;

    private final String sick = TestPipeline.unique("sick");
    private final String well = TestPipeline.unique("well");
    private final List<String> subscribed = new ArrayList<>();

    @AfterEach
    void nobodySubscribes() {
        subscribed.forEach(one -> webhooks.unsubscribe(one.split("/")[0], one.split("/")[1])
                .await()
                .atMost(DEADLINE));
    }

    @Test
    void a_subscriber_who_fails_with_thousands_waiting_keeps_nobody_else_waiting() {
        // Given
        int many = 2_000;
        answers("/dead-" + sick, 500);
        answers("/sister-" + sick, 204);
        answers("/well-" + well, 204);
        var dead = subscriber(sick, url("/dead-" + sick));
        enqueue(SUBSCRIBERS, sick, dead, url("/dead-" + sick), many);

        // When
        enqueue(SUBSCRIBERS, sick, subscriber(sick, url("/sister-" + sick)), url("/sister-" + sick), 30);
        enqueue(SUBSCRIBERS, well, subscriber(well, url("/well-" + well)), url("/well-" + well), 30);

        // Then
        Awaitility.await().atMost(DEADLINE).until(() -> taken("/well-" + well) == 30 && taken("/sister-" + sick) == 30);
        assertThat(calls("/dead-" + sick)).as("of " + many).isLessThan(many / 4);
        Awaitility.await()
                .atMost(DEADLINE)
                .until(() -> number("select count(*) from outbox where tenant = $1 and state = 3", sick) > many / 2);
        Awaitility.await()
                .atMost(DEADLINE)
                .untilAsserted(() -> given().get("/q/metrics")
                        .then()
                        .body(containsString(
                                "carillon_circuit_open{channel=\"statuswebhook\",provider=\"http\"} 1.0")));
        given().get("/q/metrics").then().body(not(containsString(dead))).body(not(containsString(sick)));

        // When
        answers("/dead-" + sick, 204);

        // Then
        Awaitility.await()
                .atMost(DEADLINE)
                .until(() -> number("select count(*) from outbox where tenant = $1", sick) == 0);
        assertThat(events("/dead-" + sick).stream()
                        .filter(event -> event.getResponse().getStatus() == 204)
                        .map(event -> event.getRequest().getHeader("webhook-id")))
                .hasSize(many)
                .doesNotHaveDuplicates();
        Awaitility.await()
                .atMost(DEADLINE)
                .until(() -> number("select count(*) from outbox_destination where tenant = $1", sick) == 0);
    }

    @Test
    void however_many_endpoints_of_a_tenant_are_silent_places_are_left_for_others() {
        // Given
        var silent = IntStream.range(0, Webhooks.MOST)
                .mapToObj(i -> subscriber(sick, ProvidersCall.silent() + "/" + i))
                .toList();
        silent.forEach(one -> enqueue(SUBSCRIBERS, sick, one, ProvidersCall.silent(), 60));
        answers("/well-" + well, 204);
        var subscriber = subscriber(well, url("/well-" + well));

        // When
        enqueue(SUBSCRIBERS, well, subscriber, url("/well-" + well), 100);

        // Then
        Awaitility.await().atMost(DEADLINE).until(() -> {
            assertThat(number("select count(*) from outbox where tenant = $1 and state = 1", sick))
                    .isLessThanOrEqualTo(400);
            assertThat(number(
                            "select coalesce(max(n), 0) from (select count(*) as n from outbox o join delivery d on d.id = o.delivery_id where o.tenant = $1 and o.state = 1 "
                                    + "group by d.notification_id) each",
                            sick))
                    .isLessThanOrEqualTo(50);
            return taken("/well-" + well) == 100;
        });
        assertThat(number("select count(*) from outbox where tenant = $1", sick))
                .as("none of them was taken")
                .isEqualTo(60L * Webhooks.MOST);
    }

    @Test
    void a_host_that_fails_one_tenant_goes_on_being_called_for_another() {
        // Given
        answers("/customer-" + sick, 503);
        answers("/customer-" + well, 204);
        var path = "/customer-" + well;
        enqueue(ENDPOINTS, sick, null, url("/customer-" + sick), 200);
        Awaitility.await()
                .atMost(DEADLINE)
                .until(() -> number(
                                "select count(*) from circuit where channel = 'webhook' and destination like $1",
                                sick + "/%")
                        == 1);

        // When
        enqueue(ENDPOINTS, well, null, url(path), 20);
        enqueue(ENDPOINTS, sick, null, url(path).replace("127.0.0.1", "localhost"), 20);

        // Then
        Awaitility.await().atMost(DEADLINE).until(() -> taken(path) == 40);
        Awaitility.await()
                .atMost(DEADLINE)
                .until(() -> number("select count(*) from outbox where tenant = $1", sick) == 200);

        // When
        answers("/customer-" + sick, 204);

        // Then
        Awaitility.await()
                .atMost(DEADLINE)
                .until(() -> number("select count(*) from outbox where tenant = $1", sick) == 0);
    }

    private String subscriber(String tenant, String url) {
        var id = webhooks.subscribe(IdempotentWork.once(index -> ids.next()), tenant, url, Set.of(), Set.of())
                .await()
                .atMost(DEADLINE)
                .orElseThrow()
                .webhook()
                .id();
        subscribed.add(tenant + "/" + id);
        return id;
    }

    private void enqueue(String channel, String tenant, String subscription, String url, int times) {
        var deliveries = IntStream.range(0, times)
                .mapToObj(i -> NewDelivery.of(new Delivery(
                        ids.next(),
                        tenant,
                        subscription == null ? ids.next() : subscription,
                        channel,
                        url,
                        "Subject",
                        "{\"n\":" + i + "}",
                        null,
                        1,
                        null,
                        null,
                        null)))
                .toList();
        transactions.inTransaction(tx -> outbox.enqueue(tx, deliveries)).await().atMost(DEADLINE);
        bell.ring(List.of(channel));
    }

    private long number(String sql, String tenant) {
        return transactions
                .inTransaction(tx -> PgTx.connection(tx)
                        .preparedQuery(sql)
                        .execute(Tuple.of(tenant))
                        .map(rows -> rows.iterator().next().getLong(0)))
                .await()
                .atMost(DEADLINE);
    }

    private static String url(String path) {
        return "http://127.0.0.1:" + ProvidersCall.http().port() + path;
    }

    private static void answers(String path, int status) {
        ProvidersCall.http()
                .stubFor(post(urlEqualTo(path)).willReturn(aResponse().withStatus(status)));
    }

    private static int calls(String path) {
        return ProvidersCall.http().findAll(postRequestedFor(urlEqualTo(path))).size();
    }

    private static long taken(String path) {
        return events(path).stream()
                .filter(event -> event.getResponse().getStatus() == 204)
                .map(event -> event.getRequest().getHeader("webhook-id"))
                .distinct()
                .count();
    }

    private static List<ServeEvent> events(String path) {
        return ProvidersCall.http().getAllServeEvents().stream()
                .filter(event -> event.getRequest().getUrl().equals(path))
                .toList();
    }
}
