package dev.carillon;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.testing.PackagedService;
import dev.carillon.testing.PackagedTest;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whoever has no key cannot take the service's memory, nor the places of those who have one; nor can one tenant with a key take that of
 * the others. A service that runs out of memory ends at once.
 */
@PackagedTest
class ExhaustionIT {

    private static final String KEY = "an-admin-key-of-the-exhaustion-test";
    private static final int MANY = 400;
    private static final byte[] FILLING = "x".repeat(64 * 1024).getBytes(US_ASCII);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private static Path directory;

    private static PackagedService service;
    private static final HttpClient CALLER = HttpClient.newHttpClient();

    private final List<Attack> attacks = new ArrayList<>();

    @BeforeAll
    static void aSmallService() throws IOException {
        service = PackagedService.launch(
                        directory,
                        Map.of(
                                "CARILLON_ADMIN_KEY",
                                KEY,
                                "CARILLON_HTTP_HEAD_TIMEOUT",
                                "PT3S",
                                "CARILLON_HTTP_BODY_TIMEOUT",
                                "PT5S",
                                "CARILLON_CALLBACKS_GENERIC_ACME_SECRETS",
                                "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"),
                        List.of("-Xmx256m", "-XX:+ExitOnOutOfMemoryError", "-XX:TieredStopAtLevel=1"))
                .awaitStarted();
    }

    @AfterAll
    static void itStandsToTheEnd() throws Exception {
        assertThat(service.output()).doesNotContain("OutOfMemoryError");
        service.terminate();
    }

    @AfterEach
    void theAttackersGoHome() throws IOException {
        for (var attack : attacks) {
            attack.channel.close();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/callbacks/sendgrid, 404",
        "/api/v1/callbacks/twilio, 404",
        "/api/v1/callbacks/generic/nobody, 404",
        "/api/v1/callbacks/generic/acme, 413",
        "/api/v1/events, 401",
        "/api/v1/notifications/batch, 401",
        "/api/v1/templates/ORDER_SHIPPED/draft, 401",
        "/api/v1/customers/c, 413",
        "/notify, 413",
        "/healthz/live, 413",
        "/q/health, 413",
        "/nowhere, 413"
    })
    void a_body_held_back_where_nobody_is_let_in_is_answered_by_its_head(String path, int status) throws Exception {
        attackedBy(
                MANY,
                "POST " + path
                        + " HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 9622503\r\n\r\n");

        attacks.forEach(attack -> attack.sends(FILLING));

        assertThat(statuses()).containsExactly(status);
        thoseWithAKeyAreServed();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 1048576", "Transfer-Encoding: chunked"})
    void bodies_held_back_on_an_open_route_have_an_end_and_leave_room_for_others(String length) throws Exception {
        // Given
        attackedBy(
                MANY,
                "POST /api/v1/callbacks/generic/acme HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n" + length
                        + "\r\n\r\n" + (length.startsWith("T") ? "fffff\r\n" : ""));

        // When
        for (int i = 0; i < 15; i++) {
            attacks.forEach(attack -> attack.sends(FILLING));
            thoseWithAKeyAreServed();
            assertThat(unsubscribing()).as("somebody without a key meanwhile").isEqualTo(404);
        }

        // Then
        assertThat(statuses()).isSubsetOf(408, 503);
        assertThat(service.output()).doesNotContain("OutOfMemoryError");
        thoseWithAKeyAreServed();
    }

    @Test
    void bodies_held_back_by_one_tenant_leave_room_for_those_of_others() throws Exception {
        // Given
        var key = newKey("holds-bodies-back");
        attackedBy(
                8,
                "POST /api/v1/events HTTP/1.1\r\nHost: a\r\nX-API-Key: " + key
                        + "\r\nContent-Type: application/json\r\nContent-Length: 9900000\r\n\r\n");

        // When
        for (int i = 0; i < 150; i++) {
            attacks.forEach(attack -> attack.sends(FILLING));
        }

        // Then
        othersAreServed("of-held-back-bodies");
        assertThat(statuses()).isSubsetOf(408, 503);
    }

    @Test
    void refused_batches_of_one_tenant_keep_nobody_waiting_for_long() throws Exception {
        // Given
        var key = newKey("refused-batches");
        var item =
                "{\"type\": \"CARD_PAYMENTS_SUMMARY\", \"customerId\": \"e1\", \"context\": {\"count\": 2, \"items\": [%s]}}"
                        .formatted(String.join(",", Collections.nCopies(900, "{\"amount\":1}")));
        var batch = "{\"notifications\": [" + String.join(",", Collections.nCopies(60, item)) + "]}";

        // When
        var statuses = all(20, n -> {
            var status = send(key, "POST", "/api/v1/notifications/batch", batch).statusCode();
            thoseWithAKeyAreServed();
            return status;
        });

        // Then
        assertThat(statuses)
                .as("each item of a batch is refused alone")
                .isSubsetOf(202, 503)
                .contains(202);
    }

    @Test
    void chunks_without_end_are_cut_off_where_the_limit_is_passed_with_a_problem() throws Exception {
        attackedBy(
                1,
                "POST /api/v1/callbacks/generic/acme HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n");
        var attack = attacks.get(0);

        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> {
                    attack.sends(("10000\r\n" + "x".repeat(65_536) + "\r\n").getBytes(US_ASCII));
                    return !attack.answer().isEmpty();
                });

        assertThat(attack.whole())
                .startsWith("HTTP/1.1 413 ")
                .contains("application/problem+json", "\"limit\":1048576")
                .containsIgnoringCase("connection: close");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\r\nHost: a\r\n",
                "G",
                "POST /api/v1/callbacks/generic/acme HTTP/1.1\r\nHost: a\r\n"
            })
    void half_heads_have_an_end_however_slowly_they_go_on(String head) throws Exception {
        attackedBy(MANY, head);

        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> {
                    attacks.forEach(attack -> attack.sends("x".getBytes(US_ASCII)));
                    return attacks.stream().noneMatch(attack -> attack.answer().isEmpty());
                });

        assertThat(statuses()).containsExactly(408);
        thoseWithAKeyAreServed();
    }

    @Test
    void heads_in_very_many_parts_are_not_waited_for() throws Exception {
        attackedBy(1_500, "GET / HTTP/1.1\r\nHost: a\r\n" + "a:b\r\n".repeat(3_900));

        thoseWithAKeyAreServed();

        attacks.forEach(Attack::ends);
    }

    @Test
    void whoever_asks_and_takes_no_answer_is_not_answered_for_ever() throws Exception {
        attackedBy(200, "GET /healthz/live HTTP/1.1\r\nHost: a\r\n\r\n".repeat(1_000));

        for (int i = 0; i < 20; i++) {
            attacks.forEach(attack -> attack.sends(
                    "GET /nowhere HTTP/1.1\r\nHost: a\r\n\r\n".repeat(1_000).getBytes(US_ASCII)));
            thoseWithAKeyAreServed();
        }
    }

    @Test
    void more_connections_than_there_are_places_for_push_each_other_out_and_nobody_else() throws Exception {
        attackedBy(3_000, "");

        thoseWithAKeyAreServed();
        var newcomer = HttpClient.newHttpClient();
        for (int i = 0; i < 10; i++) {
            assertThat(served(newcomer, "n" + i)).isEqualTo(202);
        }
    }

    @Test
    void one_tenant_s_idle_connections_take_nobody_s_place() throws Exception {
        var key = newKey("many-connections");

        var statuses = attackedWith(
                key,
                IntStream.range(0, 2_200)
                        .mapToObj(n -> "/api/v1/customers/nobody")
                        .toList());

        assertThat(statuses).containsOnly(404);
        othersAreServed("of-many-connections");
    }

    @Test
    void one_tenant_s_streams_and_idle_connections_take_nobody_s_place() throws Exception {
        // Given
        var key = newKey("many-streams");
        var customers = 60;
        for (int n = 0; n < customers; n++) {
            assertThat(send(key, "PUT", "/api/v1/customers/s-" + n, "{\"name\": \"Ada\"}")
                            .statusCode())
                    .isEqualTo(201);
        }

        // When
        var statuses = attackedWith(
                key,
                IntStream.range(0, 10 * customers)
                        .mapToObj(n -> "/api/v1/customers/s-" + n % customers + "/inbox/stream")
                        .toList());

        // Then
        var most = 256 * 1024 / 128 / 4;
        assertThat(statuses.stream().filter(status -> status == 200))
                .hasSizeBetween(most - 40, most); // the heap is a little smaller than was said
        assertThat(statuses).containsOnly(200, 429).endsWith(429);
        assertThat(attacks.get(attacks.size() - 1).answer())
                .containsIgnoringCase("Retry-After: 5")
                .contains("Your customers have ");
        assertThat(attackedWith(
                        key,
                        IntStream.range(0, 2_000)
                                .mapToObj(n -> "/api/v1/customers/nobody")
                                .toList()))
                .containsOnly(404);
        othersAreServed("of-many-streams");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"filling\": \"%s\"", "\"filling\": [%s]"})
    void one_tenant_s_large_events_are_heard_read_and_replayed_while_others_are_told(String filling) throws Exception {
        // Given
        var large = newKey("large-" + filling.length() + filling.hashCode());
        var other = newKey("other-" + filling.hashCode());
        assertThat(send(other, "PUT", "/api/v1/customers/c-1", "{\"name\": \"Ada\", \"email\": \"ada@example.com\"}")
                        .statusCode())
                .isIn(200, 201);
        var filled = filling.formatted(filling.contains("[") ? "{},".repeat(87_000) + "{}" : "x".repeat(261_000));
        assertThat(filled.length()).isBetween(250_000, 262_100);

        // When
        var posted = all(40, n -> posted(large, n, filled));

        // Then
        assertThat(posted).containsOnly(202);
        var first = send(large, "GET", "/api/v1/events?subject=s&limit=1", null);
        var id = JsonPath.from(first.body()).getString("events[0].id");
        var paths = List.of(
                "/api/v1/events?limit=200",
                "/audit/s?limit=500",
                "/api/v1/events/" + id,
                "/api/v1/explanations?eventId=" + id + "&customerId=s",
                "/audit/s?limit=200");
        var reading = executor(24);
        var statuses = new ConcurrentLinkedQueue<Integer>();
        for (int i = 0; i < 80; i++) {
            var path = paths.get(i % paths.size());
            reading.submit(() -> statuses.add(send(large, "GET", path, null).statusCode()));
        }
        var replay = send(KEY, "POST", "/api/v1/replays", "");
        var backtest = reading.submit(() -> send(large, "POST", "/api/v1/rules/backtest", "{}"));
        var told = new ArrayList<String>();
        for (int i = 0; i < 10; i++) {
            var answer = send(other, "POST", "/api/v1/notifications", """
                    {"type": "ORDER_SHIPPED", "customerId": "c-1", "context": {"orderId": "ord-%d"}}""".formatted(i));
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
            told.add(JsonPath.from(answer.body()).getString("trackingId"));
            assertThat(send(other, "GET", "/audit/c-1", null).statusCode()).isEqualTo(200);
        }
        reading.shutdown();
        assertThat(reading.awaitTermination(3, TimeUnit.MINUTES)).isTrue();
        assertThat(statuses).hasSize(80).containsOnly(200);
        assertThat(JsonPath.from(ended(
                                large,
                                "/api/v1/backtests/"
                                        + JsonPath.from(backtest.get().body()).getString("id")))
                        .getString("state"))
                .isEqualTo("done");
        assertThat(replay.statusCode()).as(replay.body()).isEqualTo(202);
        var replayed = JsonPath.from(
                ended(KEY, "/api/v1/replays/" + JsonPath.from(replay.body()).getString("id")));
        assertThat(replayed.getString("state")).as("%s", replayed.getMap("")).isEqualTo("done");
        for (var one : told) {
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> "sent"
                            .equals(JsonPath.from(send(other, "GET", "/api/v1/notifications/" + one, null)
                                            .body())
                                    .getString("status")));
            assertThat(JsonPath.from(send(other, "GET", "/api/v1/notifications/" + one, null)
                                    .body())
                            .getList("deliveries.attempts.flatten()"))
                    .hasSizeLessThanOrEqualTo(3);
        }
        await().atMost(Duration.ofSeconds(60))
                .until(
                        () -> JsonPath.from(send(large, "GET", "/api/v1/events?subject=s&limit=200", null)
                                        .body())
                                .getList("events.answered"),
                        answered -> answered.size() == 40 && !answered.contains(false));
        assertThat(CALLER.send(
                                HttpRequest.newBuilder(service.uri("/healthz/ready"))
                                        .build(),
                                HttpResponse.BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(200);
        assertThat(service.output()).doesNotContain("OutOfMemoryError");
    }

    @Test
    void many_bodies_of_nothing_but_brackets_at_once_are_answered_or_put_off() throws Exception {
        var brackets = "[" + "{},".repeat(240_000) + "{}]";

        var statuses =
                all(40, n -> send(KEY, "POST", "/api/v1/events", brackets).statusCode());

        assertThat(statuses).isSubsetOf(408, 413, 503).contains(413);
        thoseWithAKeyAreServed();
    }

    private static int posted(String key, int n, String filled) throws Exception {
        var type = List.of("signup_completed", "link_bank_success", "exhaustion.tried")
                .get(n % 3);
        var event =
                "{\"event_type\": \"%s\", \"user_id\": \"s\", \"event_timestamp\": \"2026-11-01T00:00:%02dZ\", \"properties\": {%s}}"
                        .formatted(type, n % 60, filled);
        var answer = await().atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(100))
                .until(
                        () -> send(key, "POST", "/api/v1/events", event),
                        one -> one.statusCode() != 503); // which asks to come back
        assertThat(answer.body()).contains("\"accepted\":1");
        return answer.statusCode();
    }

    private static String ended(String key, String path) {
        return await().atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofMillis(200))
                .until(
                        () -> send(key, "GET", path, null).body(),
                        answer -> !"running".equals(JsonPath.from(answer).getString("state")));
    }

    private static String newKey(String tenant) throws Exception {
        var answer = send(
                KEY,
                "POST",
                "/api/v1/api-keys",
                "{\"label\": \"of the test\", \"roles\": [\"admin\"], \"tenant\": \"%s\"}".formatted(tenant));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return JsonPath.from(answer.body()).getString("key");
    }

    private static HttpResponse<String> send(String key, String method, String path, String body)
            throws IOException, InterruptedException {
        return CALLER.send(
                HttpRequest.newBuilder(service.uri(path))
                        .header("X-API-Key", key)
                        .header("Content-Type", "application/json")
                        .method(
                                method,
                                body == null
                                        ? HttpRequest.BodyPublishers.noBody()
                                        : HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** Ten at a time. */
    private static List<Integer> all(int many, Asking one) throws Exception {
        var pool = executor(10);
        var asked = IntStream.range(0, many)
                .mapToObj(n -> pool.submit(() -> one.ask(n)))
                .toList();
        var answers = new ArrayList<Integer>();
        for (var answer : asked) {
            answers.add(answer.get());
        }
        pool.shutdown();
        return answers;
    }

    private static ExecutorService executor(int threads) {
        return Executors.newFixedThreadPool(threads);
    }

    private interface Asking {

        int ask(int n) throws Exception;
    }

    private void attackedBy(int many, String first) throws IOException {
        for (int i = 0; i < many; i++) {
            attacks.add(new Attack(first));
        }
    }

    /** One connection for each path, all left open; a hundred are asked at a time. */
    private List<Integer> attackedWith(String key, List<String> paths) throws IOException {
        var statuses = new ArrayList<Integer>();
        for (int from = 0; from < paths.size(); from += 100) {
            var some = new ArrayList<Attack>();
            for (var path : paths.subList(from, Math.min(from + 100, paths.size()))) {
                some.add(new Attack("GET " + path + " HTTP/1.1\r\nHost: a\r\nX-API-Key: " + key + "\r\n\r\n"));
            }
            attacks.addAll(some);
            some.forEach(attack -> statuses.add(attack.status()));
        }
        return statuses;
    }

    /** Each on connections that are opened now. */
    private void othersAreServed(String subject) throws Exception {
        var another = newKey("another-" + subject);
        for (int n = 0; n < 20; n++) {
            var newcomer = HttpClient.newHttpClient();
            assertThat(status(newcomer, "/healthz/ready", "")).isEqualTo(200);
            assertThat(status(newcomer, "/unsubscribe/x", "")).isEqualTo(404);
            assertThat(status(newcomer, "/api/v1/customers/nobody", another)).isEqualTo(404);
            assertThat(served(newcomer, subject + n)).isEqualTo(202);
        }
    }

    private static int status(HttpClient client, String path, String key) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(service.uri(path));
        return client.send(
                        (key.isEmpty() ? request : request.header("X-API-Key", key)).build(),
                        HttpResponse.BodyHandlers.ofString())
                .statusCode();
    }

    private static int unsubscribing() throws IOException, InterruptedException {
        return CALLER.send(
                        HttpRequest.newBuilder(service.uri("/unsubscribe/abc"))
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(HttpRequest.BodyPublishers.ofString("List-Unsubscribe=One-Click"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .statusCode();
    }

    private void thoseWithAKeyAreServed() throws Exception {
        for (int i = 0; i < 5; i++) {
            assertThat(served(CALLER, "c" + i)).isEqualTo(202);
        }
    }

    private static int served(HttpClient client, String subject) throws IOException, InterruptedException {
        var event = "{\"event_type\": \"exhaustion.tried\", \"user_id\": \"" + subject
                + "\", \"properties\": {\"filling\": \"" + "x".repeat(20_000) + "\"}}";
        return client.send(
                        HttpRequest.newBuilder(service.uri("/api/v1/events"))
                                .header("X-API-Key", KEY)
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(event))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .statusCode();
    }

    /** Of all attacks, once each has been answered. */
    private Set<Integer> statuses() {
        var statuses = new TreeSet<Integer>();
        attacks.forEach(attack -> statuses.add(Integer.parseInt(attack.whole().substring(9, 12))));
        return statuses;
    }

    /** One connection that sends what it likes and closes nothing. */
    private static final class Attack {

        private final SocketChannel channel;
        private final ByteBuffer read = ByteBuffer.allocate(16 * 1024);
        private boolean ended;

        Attack(String first) throws IOException {
            channel = SocketChannel.open(
                    new InetSocketAddress("127.0.0.1", service.uri("/").getPort()));
            channel.configureBlocking(false);
            sends(first.getBytes(US_ASCII));
        }

        /** As much as is taken. */
        void sends(byte[] bytes) {
            try {
                channel.write(ByteBuffer.wrap(bytes));
            } catch (IOException closed) {
                ended = true;
            }
        }

        String answer() {
            try {
                ended |= read.hasRemaining() && channel.read(read) < 0;
            } catch (IOException reset) {
                ended = true;
            }
            return new String(read.array(), 0, read.position(), US_ASCII);
        }

        /** As soon as its head has begun. */
        int status() {
            await().atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(5))
                    .pollDelay(Duration.ZERO)
                    .until(() -> answer().contains("\r\n\r\n") || ended);
            assertThat(answer()).as("an answer").startsWith("HTTP/1.1 ");
            return Integer.parseInt(answer().substring(9, 12));
        }

        String whole() {
            await().atMost(Duration.ofSeconds(60))
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> answer().contains("}") || ended);
            assertThat(answer()).as("an answer").startsWith("HTTP/1.1 ");
            return answer();
        }

        void ends() {
            await().atMost(Duration.ofSeconds(60))
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> {
                        answer();
                        return ended;
                    });
        }
    }
}
