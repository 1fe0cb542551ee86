package dev.carillon.notification.inbox;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.carillon.delivery.Channel;
import dev.carillon.delivery.Delivery;
import dev.carillon.delivery.DeliveryOutcome;
import dev.carillon.delivery.LeasedDelivery;
import dev.carillon.delivery.TestDeliveries;
import dev.carillon.notification.TestPipeline;
import io.quarkus.arc.All;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The inbox as an app uses it. */
@QuarkusTest
class InboxTest {

    private static final String TENANT = "default";
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    @Inject
    TestPipeline pipeline;

    @Inject
    @All
    List<Channel> channels;

    @Inject
    InboxWatch watch;

    @TestHTTPResource("/")
    URI root;

    private final String customer = TestPipeline.unique("inbox");
    private final String inbox = "/api/v1/customers/" + customer + "/inbox";

    @BeforeEach
    void aCustomerWithoutAnyAddress() {
        pipeline.customer(TENANT, customer, null, null);
    }

    @Test
    void what_is_sent_there_is_there_and_whoever_is_known_has_one() {
        // When
        given().contentType(ContentType.JSON)
                .header("Prefer", "wait=20")
                .body("{\"type\": \"ACCOUNT_NOTICE\", \"customerId\": \"" + customer
                        + "\", \"context\": {\"title\": \"New address\", \"message\": \"Now <b>1 Main Street</b>.\"}}")
                .post("/api/v1/notifications")
                .then()
                .statusCode(200)
                .body("status", equalTo("sent"))
                .body("deliveries.find { it.channel == 'inbox' }.recipient", equalTo(customer))
                .body("deliveries.find { it.channel == 'inbox' }.attempts.provider", contains("inbox"))
                .body("deliveries.find { it.channel == 'email' }.reason", equalTo("NO_ADDRESS"));

        // Then
        given().get(inbox)
                .then()
                .statusCode(200)
                .body("messages", hasSize(1))
                .body("next", nullValue())
                .body("messages[0].id", equalTo(1))
                .body("messages[0].title", equalTo("New address"))
                .body("messages[0].text", equalTo("Now <b>1 Main Street</b>."))
                .body("messages[0].type", equalTo("ACCOUNT_NOTICE"))
                .body("messages[0].category", equalTo("account_activity"))
                .body("messages[0].readAt", nullValue())
                .body("messages[0].arrivedAt", endsWith("Z"));
    }

    @Test
    void an_attempt_that_is_repeated_even_at_once_arrives_once_and_does_not_come_back_when_it_is_removed() {
        // Given
        var delivery = delivery("once");

        // When
        var outcomes = arrive(IntStream.range(0, 64).mapToObj(n -> delivery).toList());

        // Then
        assertThat(outcomes)
                .hasSize(64)
                .allMatch(outcome -> outcome.equals(new DeliveryOutcome.Sent("inbox-" + delivery.id())));
        given().get(inbox).then().body("messages.text", contains("once"));
        int id = given().get(inbox).path("messages[0].id");
        given().delete(inbox + "/" + id).then().statusCode(204);
        assertThat(arrive(List.of(delivery))).hasSize(1).allMatch(DeliveryOutcome.Sent.class::isInstance);
        given().get(inbox).then().body("messages", empty());
        given().delete(inbox + "/" + id).then().statusCode(404).body("type", endsWith("/not-found"));
    }

    @Test
    void nothing_arrives_at_somebody_nobody_knows_whoever_else_is_in_the_batch() {
        // When
        var outcomes =
                arrive(List.of(delivery("for her"), to("nobody-" + customer, "for nobody"), delivery("and more")));

        // Then
        assertThat(outcomes.get(0)).isInstanceOf(DeliveryOutcome.Sent.class);
        assertThat(outcomes.get(1)).isInstanceOf(DeliveryOutcome.Refused.class);
        assertThat(outcomes.get(2)).isInstanceOf(DeliveryOutcome.Sent.class);
        given().get(inbox).then().body("messages.text", contains("and more", "for her"));
    }

    @Test
    void it_is_read_page_by_page_and_only_what_is_unread() {
        // Given
        for (int n = 1; n <= 5; n++) {
            arrive(List.of(delivery("message " + n)));
        }

        // When
        given().post(inbox + "/4/read").then().statusCode(204);

        // Then
        given().get(inbox + "?limit=2")
                .then()
                .body("messages.text", contains("message 5", "message 4"))
                .body("next", equalTo(4));
        arrive(List.of(delivery("message 6")));
        given().get(inbox + "?limit=2&after=4")
                .then()
                .body("messages.text", contains("message 3", "message 2"))
                .body("next", equalTo(2));
        given().get(inbox + "?limit=2&after=2")
                .then()
                .body("messages.text", contains("message 1"))
                .body("next", nullValue());
        given().get(inbox + "?unread=true&limit=3")
                .then()
                .body("messages.text", contains("message 6", "message 5", "message 3"))
                .body("next", equalTo(3));
        String readAt = given().get(inbox).path("messages.find { it.id == 4 }.readAt");
        assertThat(readAt).isNotNull();
        given().post(inbox + "/4/read").then().statusCode(204);
        assertThat(given().get(inbox).<String>path("messages.find { it.id == 4 }.readAt"))
                .isEqualTo(readAt);
        given().get(inbox + "/unread").then().body("unread", equalTo(5)).body("more", equalTo(false));
        given().contentType(ContentType.JSON)
                .body("{\"upTo\": 5}")
                .post(inbox + "/read")
                .then()
                .statusCode(200)
                .body("unread", equalTo(1));
        given().get(inbox + "?unread=true").then().body("messages.text", contains("message 6"));
    }

    @Test
    void a_badge_is_counted_no_further_than_it_can_show() {
        // Given
        arrive(IntStream.range(0, 1_100).mapToObj(n -> delivery("message " + n)).toList());

        // When, then
        given().get(inbox + "/unread").then().body("unread", equalTo(1_000)).body("more", equalTo(true));
        given().contentType(ContentType.JSON)
                .body("{\"upTo\": 1100}")
                .post(inbox + "/read")
                .then()
                .body("unread", equalTo(0))
                .body("more", equalTo(false));
        given().get(inbox + "?unread=true").then().body("messages", empty());
    }

    @Test
    void nobody_sees_another_tenants_customer() {
        // Given
        var stranger = TestPipeline.unique("stranger");
        pipeline.customer("another", stranger, null, null);

        // When, then
        for (var path : List.of("", "/unread", "/stream")) {
            given().get("/api/v1/customers/" + stranger + "/inbox" + path)
                    .then()
                    .statusCode(404)
                    .body("type", endsWith("/unknown-customer"));
        }
        given().post("/api/v1/customers/" + stranger + "/inbox/1/read").then().statusCode(404);
        given().delete("/api/v1/customers/" + stranger + "/inbox/1").then().statusCode(404);
        given().contentType(ContentType.JSON)
                .body("{\"upTo\": 1}")
                .post("/api/v1/customers/" + stranger + "/inbox/read")
                .then()
                .statusCode(404);
    }

    @Test
    void what_makes_no_sense_is_refused_by_name() {
        given().get(inbox + "?unread=maybe&after=x&limit=0")
                .then()
                .statusCode(422)
                .body("errors.pointer", hasSize(3));
        given().header("Last-Event-ID", "x")
                .get(inbox + "/stream")
                .then()
                .statusCode(422)
                .contentType(containsString("problem+json"));
        given().contentType(ContentType.JSON)
                .body("{}")
                .post(inbox + "/read")
                .then()
                .statusCode(422)
                .body("errors.pointer", contains("/upTo"));
        given().contentType(ContentType.JSON)
                .body("{\"upTo\": 0}")
                .post(inbox + "/read")
                .then()
                .statusCode(422);
        given().post(inbox + "/99/read").then().statusCode(404).body("type", endsWith("/not-found"));
        given().get(inbox + "/unread").then().statusCode(200).body("unread", notNullValue());
    }

    @Test
    void who_listens_hears_at_once_goes_on_where_they_were_and_leaves_nothing_behind() throws Exception {
        // Given
        arrive(List.of(delivery("first"), delivery("second")));

        // When
        try (var stream = listen("?after=1", null)) {
            assertThat(stream.next()).contains("retry:2000").contains(":alive");
            assertThat(stream.next()).contains("event:message", "id:2");
            arrive(List.of(delivery("third")));

            // Then
            assertThat(stream.next())
                    .contains("id:3")
                    .anyMatch(line -> line.startsWith("data:{") && line.contains("\"text\":\"third\""));
            assertThat(watch.taken()).isPositive();
        }
        arrive(List.of(delivery("fourth")));
        try (var stream = listen("?after=1", "3")) {
            stream.next();
            assertThat(stream.next()).contains("id:4");
        }
        await().atMost(DEADLINE).until(() -> watch.taken() == 0);
    }

    private List<DeliveryOutcome> arrive(List<Delivery> deliveries) {
        var channel = channels.stream()
                .filter(one -> one.name().equals("inbox"))
                .findFirst()
                .orElseThrow();
        var sends = deliveries.stream()
                .map(delivery -> channel.send(new LeasedDelivery(delivery, 1, 1, Instant.EPOCH, DEADLINE, null))
                        .subscribeAsCompletionStage())
                .toList();
        return sends.stream()
                .map(send -> Uni.createFrom().completionStage(send).await().atMost(DEADLINE))
                .toList();
    }

    private Delivery delivery(String text) {
        return to(customer, text);
    }

    private static Delivery to(String customer, String text) {
        return new Delivery(
                TestDeliveries.id(),
                TENANT,
                TestDeliveries.id(),
                "inbox",
                customer,
                "Title",
                text,
                null,
                1,
                null,
                null,
                null);
    }

    private Listening listen(String query, String lastEventId) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(root.resolve(inbox + "/stream" + query))
                .header("Accept", "text/event-stream")
                .timeout(DEADLINE);
        if (lastEventId != null) {
            request.header("Last-Event-ID", lastEventId);
        }
        var answer = HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/event-stream");
        return new Listening(answer.body());
    }

    /** A stream's events, as lines without the blank after the colon. */
    private record Listening(BufferedReader lines) implements AutoCloseable {

        Listening(InputStream body) {
            this(new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8)));
        }

        List<String> next() throws IOException {
            var event = new ArrayList<String>();
            for (var line = lines.readLine();
                    line != null && (!line.isEmpty() || event.isEmpty());
                    line = lines.readLine()) {
                if (!line.isEmpty()) {
                    event.add(line.replaceFirst(": ", ":"));
                }
            }
            return event;
        }

        @Override
        public void close() throws IOException {
            lines.close();
        }
    }
}
