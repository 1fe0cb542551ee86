package dev.carillon.proof;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * A thousand times somebody cancels what is being sent: it goes or it is cancelled, never both, and never neither. The inbox is held to a rate
 * that gives both a chance on any machine: cancelling goes on while a part of what was just submitted goes.
 */
@QuarkusTest
@TestProfile(Races.class)
class CancelAgainstSendTest {

    private static final int ALL = Integer.getInteger("cancel-against-send.times", 1_000);
    private static final int BATCH = 250;
    private static final int CANCELLING = 12;
    private static final String CUSTOMER = "cancel-against-send";

    @TestHTTPResource("/api/v1/notifications/")
    URI notifications;

    @Inject
    Pool pool;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Map<String, String> answers = new ConcurrentHashMap<>();

    @Test
    void it_goes_or_it_is_cancelled() throws ExecutionException, InterruptedException {
        // Given
        given().contentType(ContentType.JSON)
                .body("{\"name\": \"N\"}")
                .put("/api/v1/customers/" + CUSTOMER)
                .then()
                .statusCode(201);
        var random = new Random(42);
        var callers = Executors.newFixedThreadPool(CANCELLING);

        // When
        try {
            for (int n = 0; n < ALL / BATCH; n++) {
                var submitted = new ArrayList<>(submitted());
                Collections.shuffle(submitted, random);
                for (var one : callers.invokeAll(submitted.stream()
                        .<Callable<String>>map(id -> () -> cancel(id))
                        .toList())) {
                    one.get();
                }
            }
        } finally {
            callers.shutdown();
        }
        await().atMost(Duration.ofSeconds(60))
                .until(() -> ids("select d.notification_id from outbox o join delivery d on d.id = o.delivery_id")
                        .isEmpty());

        // Then
        assertThat(answers).hasSize(ALL);
        var cancelled = answered("cancelled");
        var tooLate = answered("too-late");
        assertThat(cancelled.size() + tooLate.size()).isEqualTo(ALL);
        assertThat(cancelled).isNotEmpty();
        assertThat(tooLate).isNotEmpty();
        assertThat(ids("select notification_id from inbox_message"))
                .as("what arrived")
                .containsExactlyInAnyOrderElementsOf(tooLate);
        assertThat(
                        ids(
                                "select d.notification_id from attempt a join delivery d on d.id = a.delivery_id where a.outcome = 'sent'"))
                .as("what is written down as sent")
                .containsExactlyInAnyOrderElementsOf(tooLate);
        assertThat(ids("select notification_id from delivery where reason = 'CANCELLED'"))
                .as("what is written down as cancelled")
                .containsExactlyInAnyOrderElementsOf(cancelled);
        assertThat(ids("select d.notification_id from attempt a join delivery d on d.id = a.delivery_id"))
                .as("what was tried at all")
                .hasSameSizeAs(tooLate);
        System.out.printf("cancel against send: %d cancelled, %d too late%n", cancelled.size(), tooLate.size());
    }

    private static List<String> submitted() {
        var item =
                "{\"type\": \"ACCOUNT_NOTICE\", \"customerId\": \"%s\", \"channels\": [\"inbox\"], \"context\": {\"title\": \"T\", \"message\": \"M\"}}"
                        .formatted(CUSTOMER);
        return given().contentType(ContentType.JSON)
                .body("{\"notifications\": [" + String.join(",", Collections.nCopies(BATCH, item)) + "]}")
                .post("/api/v1/notifications/batch")
                .then()
                .statusCode(202)
                .extract()
                .path("results.trackingId");
    }

    private String cancel(String id) throws IOException, InterruptedException {
        var answer = http.send(
                HttpRequest.newBuilder(notifications.resolve(id)).DELETE().build(), BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        var result = new JsonObject(answer.body()).getString("result");
        answers.put(id, result);
        return result;
    }

    private HashSet<String> answered(String result) {
        return answers.entrySet().stream()
                .filter(one -> one.getValue().equals(result))
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(HashSet::new));
    }

    /** With repetitions. Only of ours: other tests use the same database. */
    private List<String> ids(String query) {
        var ids = new ArrayList<String>();
        pool.preparedQuery("select t.notification_id from (" + query
                        + ") t join notification n on n.id = t.notification_id where n.customer_id = $1")
                .executeAndAwait(Tuple.of(CUSTOMER))
                .forEach(row -> ids.add(row.getString(0)));
        return ids;
    }
}
