package dev.carillon;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static dev.carillon.testing.JdbcQueries.number;
import static dev.carillon.testing.JdbcQueries.texts;
import static dev.carillon.testing.Replicas.KEY;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import dev.carillon.testing.PackagedService;
import dev.carillon.testing.PackagedTest;
import dev.carillon.testing.Replicas;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Replicas that are told to end under load, one after the other until none is left, and one that is killed: counted is what the provider
 * has received.
 */
@PackagedTest
class StopIT {

    private static final int ENDED_BY_SIGTERM = 143;
    /** Not the HTTP server, which may warn of a caller who came while it closed. */
    private static final Pattern WE_WARN =
            Pattern.compile("\"loggerName\":\"dev\\.carillon[^\"]*\",\"level\":\"WARN\"");

    private static final int CUSTOMERS = 20;
    private static final int CALLERS = 4;
    private static final int PLACES = 20;
    private static final int BACKLOG = 150;

    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final Set<Integer> otherAnswers = ConcurrentHashMap.newKeySet();
    private final Semaphore backlog = new Semaphore(BACKLOG);
    private final AtomicBoolean calling = new AtomicBoolean();
    private volatile List<PackagedService> targets = List.of();
    private WireMockServer provider;
    private Replicas replicas;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path directory;

    @BeforeEach
    void aProviderThatTakesItsTime() throws Exception {
        provider = new WireMockServer(
                wireMockConfig().bindAddress("127.0.0.1").dynamicPort().containerThreads(4 * PLACES + 20));
        provider.start();
        provider.stubFor(any(anyUrl())
                .willReturn(aResponse()
                        .withStatus(201)
                        .withBody("{\"sid\": \"SM1\"}")
                        .withFixedDelay(300)));
        provider.addMockServiceRequestListener((request, response) -> backlog.release());
        replicas = new Replicas(
                "stopping",
                directory,
                Map.of(
                        "CARILLON_DELIVERY_SMS_PROVIDER",
                        "twilio",
                        "CARILLON_PROVIDER_TWILIO_URL",
                        provider.baseUrl(),
                        "CARILLON_PROVIDER_TWILIO_ACCOUNT_SID",
                        "AC1",
                        "CARILLON_PROVIDER_TWILIO_AUTH_TOKEN",
                        "token",
                        "CARILLON_DISPATCH_CONCURRENCY",
                        "" + PLACES,
                        "CARILLON_DISPATCH_LEASE",
                        "PT15S",
                        "QUARKUS_SHUTDOWN_DELAY",
                        "PT6S"));
    }

    @AfterEach
    void end() throws Exception {
        calling.set(false);
        replicas.close();
        provider.stop();
    }

    @Test
    void what_was_acknowledged_is_sent_once_whoever_ends_and_twice_only_where_a_killed_one_had_it() throws Exception {
        var first = replicas.start("a", "b");
        try (var connection = replicas.connect()) {
            customers(first.get(0));
            oneEndsAndTheOtherGoesOn(first);
            theLastOneEndsAndLeavesNothingHalfDone(connection, first.get(1));
            var sentBefore = sends().keySet();
            oneIsKilledAndTheOtherTakesOver(connection, sentBefore);
        }
    }

    private void oneEndsAndTheOtherGoesOn(List<PackagedService> both) throws Exception {
        // Given
        var ending = both.get(0);
        var callers = callTo(both);
        acknowledgedMore(200);

        // When
        ProcessHandle.of(ending.pid()).orElseThrow().destroy();

        // Then
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> status(ending, "/healthz/ready") == 503);
        assertThat(status(ending, "/healthz/live")).isEqualTo(200);
        assertThat(submit(ending, "not-ready-and-still-serving").statusCode()).isEqualTo(202);
        endedInOrder(ending);
        acknowledgedMore(100);
        stopCalling(callers);
    }

    private void theLastOneEndsAndLeavesNothingHalfDone(Connection connection, PackagedService last) throws Exception {
        // Given
        var callers = callTo(List.of(last));
        acknowledgedMore(100);

        // When
        ProcessHandle.of(last.pid()).orElseThrow().destroy();
        endedInOrder(last);
        stopCalling(callers);

        // Then
        assertThat(number(connection, "select count(*) from outbox where state = 1"))
                .as("leases left behind")
                .isZero();
        assertThat(number(connection, "select count(*) from outbox where attempt > 0"))
                .as("attempts burnt")
                .isZero();
        assertThat(number(connection, "select count(*) from outbox"))
                .as("claimed nothing more, so there is something left")
                .isPositive();
        assertThat(texts(connection, "select delivery_id from attempt where outcome = 'sent'"))
                .as("what the provider has is written down")
                .containsExactlyInAnyOrderElementsOf(sends().keySet());
        assertThat(sends())
                .allSatisfy((delivery, requests) -> assertThat(requests).hasSize(1));
        assertThat(number(connection, "select count(*) from attempt where outcome <> 'sent'"))
                .isZero();
        assertThat(otherAnswers).as("answers besides 202").isSubsetOf(503);
    }

    private void oneIsKilledAndTheOtherTakesOver(Connection connection, Set<String> sentBefore) throws Exception {
        // Given
        var both = replicas.start("c", "d");
        var callers = callTo(both);
        acknowledgedMore(200);
        await().atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> number(connection, "select count(*) from outbox where state = 1") > PLACES);

        // When
        both.get(0).kill();
        acknowledgedMore(50);
        stopCalling(callers);
        await().atMost(Duration.ofMinutes(2)).until(() -> number(connection, "select count(*) from outbox") == 0);

        // Then
        var sends = sends();
        var unknown = new HashSet<>(texts(connection, "select delivery_id from attempt where outcome = 'unknown'"));
        assertThat(texts(connection, "select id from notification")).containsAll(acknowledged);
        assertThat(
                        number(
                                connection,
                                "select count(*) from notification where reason is not null and reason <> 'DUPLICATE_BUSINESS_KEY'"))
                .isZero();
        assertThat(sends.keySet())
                .as("all of it is sent")
                .containsExactlyInAnyOrderElementsOf(texts(connection, "select id from delivery where reason is null"));
        assertThat(
                        number(
                                connection,
                                "select count(*) from (select from attempt where outcome = 'sent' group by delivery_id having count(*) = 1) once"))
                .isEqualTo(sends.size());
        assertThat(number(connection, "select count(*) from attempt where outcome not in ('sent', 'unknown')"))
                .isZero();
        assertThat(unknown)
                .as("the killed one had something on its way")
                .isNotEmpty()
                .hasSizeLessThanOrEqualTo(PLACES)
                .doesNotContainAnyElementsOf(sentBefore);
        sends.forEach((delivery, requests) -> {
            assertThat(requests.size()).as(delivery).isLessThanOrEqualTo(unknown.contains(delivery) ? 2 : 1);
            if (requests.size() == 2) {
                assertThat(requests.stream().map(StopIT::from))
                        .containsExactlyInAnyOrder(Replicas.numberOf("c"), Replicas.numberOf("d"));
            }
        });
        assertThat(keysOfEachMessage())
                .as("a message has one key, however often it goes")
                .allSatisfy((body, keys) -> assertThat(keys).hasSize(1));
    }

    private static void endedInOrder(PackagedService ended) throws Exception {
        assertThat(ended.awaitExit()).isEqualTo(ENDED_BY_SIGTERM);
        assertThat(ended.output())
                .contains("stopped in")
                .doesNotContain("\"ERROR\"")
                .doesNotContainPattern(WE_WARN);
    }

    /** Delivery → the requests the provider got for it. */
    private Map<String, List<LoggedRequest>> sends() {
        return provider.getAllServeEvents().stream()
                .map(event -> event.getRequest())
                .collect(groupingBy(request -> request.getHeader("Idempotency-Key")));
    }

    private Map<String, Set<String>> keysOfEachMessage() {
        return provider.getAllServeEvents().stream()
                .map(event -> event.getRequest())
                .collect(groupingBy(
                        request -> request.formParameter("Body").firstValue(),
                        mapping(request -> request.getHeader("Idempotency-Key"), toSet())));
    }

    private static String from(LoggedRequest request) {
        return request.formParameter("From").firstValue();
    }

    private ExecutorService callTo(List<PackagedService> all) {
        targets = all;
        calling.set(true);
        var round = acknowledged.size();
        var callers = Executors.newFixedThreadPool(CALLERS);
        for (int caller = 0; caller < CALLERS; caller++) {
            int number = caller;
            callers.submit(() -> {
                for (int n = 0; calling.get(); n++) {
                    call("o-" + round + "-" + number + "-" + n, n);
                }
                return null;
            });
        }
        return callers;
    }

    /** As a good client does: whoever does not take it is left for the next one, under the same business key. */
    private void call(String order, int turn) throws InterruptedException {
        for (boolean place = false; !place; place = backlog.tryAcquire(50, TimeUnit.MILLISECONDS)) {
            if (!calling.get()) {
                return;
            }
        }
        for (int n = turn; calling.get(); n++) {
            try {
                var answer = submit(targets.get(n % targets.size()), order);
                if (answer.statusCode() == 202) {
                    acknowledged.add(trackingId(answer));
                    return;
                }
                otherAnswers.add(answer.statusCode());
            } catch (IOException gone) {
                Thread.onSpinWait();
            }
        }
    }

    private HttpResponse<String> submit(PackagedService replica, String order)
            throws IOException, InterruptedException {
        return replicas.call(replica, "POST", "/api/v1/notifications", KEY, """
                {"type": "%s", "customerId": "c-%d", "channels": ["sms"], "context": {"orderId": "%s"}, "businessKey": "%s"}""".formatted(
                        Replicas.TYPE, Math.floorMod(order.hashCode(), CUSTOMERS), order, order));
    }

    private static String trackingId(HttpResponse<String> answer) {
        return answer.headers().firstValue("Location").orElseThrow().replaceFirst(".*/", "");
    }

    private void acknowledgedMore(int more) {
        int until = acknowledged.size() + more;
        await().atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> acknowledged.size() >= until);
    }

    private void stopCalling(ExecutorService callers) throws InterruptedException {
        calling.set(false);
        callers.shutdown();
        assertThat(callers.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    }

    private int status(PackagedService replica, String path) throws IOException, InterruptedException {
        return replicas.call(replica, "GET", path, KEY, null).statusCode();
    }

    private void customers(PackagedService replica) throws IOException, InterruptedException {
        for (int n = 0; n < CUSTOMERS; n++) {
            var answer = replicas.call(
                    replica,
                    "PUT",
                    "/api/v1/customers/c-" + n,
                    KEY,
                    "{\"name\": \"C\", \"phone\": \"+1202555%04d\"}".formatted(100 + n));
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        }
    }
}
