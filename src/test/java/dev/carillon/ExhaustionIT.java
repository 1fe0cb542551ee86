package dev.carillon;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.testing.PackagedService;
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
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever has no key cannot take the service's memory, nor the places of those who have one. A service that runs out of memory ends at once. */
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
        service = PackagedService.launch(directory, Map.of("CARILLON_ADMIN_KEY", KEY, "CARILLON_HTTP_HEAD_TIMEOUT", "PT3S", "CARILLON_HTTP_BODY_TIMEOUT", "PT5S",
                "CARILLON_CALLBACKS_GENERIC_ACME_SECRETS", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"), List.of("-Xmx256m", "-XX:+ExitOnOutOfMemoryError")).awaitStarted();
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
            "/api/v1/callbacks/sendgrid, 404", "/api/v1/callbacks/twilio, 404", "/api/v1/callbacks/generic/nobody, 404", "/api/v1/callbacks/generic/acme, 413",
            "/api/v1/events, 401", "/api/v1/notifications/batch, 401", "/api/v1/templates/ORDER_SHIPPED/draft, 401", "/api/v1/customers/c, 413", "/notify, 413",
            "/healthz/live, 413", "/q/health, 413", "/nowhere, 413"})
    void a_body_held_back_where_nobody_is_let_in_is_answered_by_its_head(String path, int status) throws Exception {
        attackedBy(MANY, "POST " + path + " HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 9622503\r\n\r\n");

        attacks.forEach(attack -> attack.sends(FILLING));

        assertThat(statuses()).containsExactly(status);
        thoseWithAKeyAreServed();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 1048576", "Transfer-Encoding: chunked"})
    void bodies_held_back_on_an_open_route_have_an_end_and_leave_room_for_others(String length) throws Exception {
        // Given
        attackedBy(MANY, "POST /api/v1/callbacks/generic/acme HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n" + length + "\r\n\r\n"
                + (length.startsWith("T") ? "fffff\r\n" : ""));

        // When
        for (int i = 0; i < 15; i++) {
            attacks.forEach(attack -> attack.sends(FILLING));
            thoseWithAKeyAreServed();
        }

        // Then
        assertThat(statuses()).isSubsetOf(408, 503).contains(503);
        assertThat(service.output()).doesNotContain("OutOfMemoryError");
        thoseWithAKeyAreServed();
    }

    @Test
    void chunks_without_end_are_cut_off_where_the_limit_is_passed_with_a_problem() throws Exception {
        attackedBy(1, "POST /api/v1/callbacks/generic/acme HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n");
        var attack = attacks.get(0);

        await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(5)).until(() -> {
            attack.sends(("10000\r\n" + "x".repeat(65_536) + "\r\n").getBytes(US_ASCII));
            return !attack.answer().isEmpty();
        });

        assertThat(attack.whole()).startsWith("HTTP/1.1 413 ").contains("application/problem+json", "\"limit\":1048576").containsIgnoringCase("connection: close");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET / HTTP/1.1\r\nHost: a\r\n", "G", "POST /api/v1/callbacks/generic/acme HTTP/1.1\r\nHost: a\r\n"})
    void half_heads_have_an_end_however_slowly_they_go_on(String head) throws Exception {
        attackedBy(MANY, head);

        await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(200)).until(() -> {
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
            attacks.forEach(attack -> attack.sends("GET /nowhere HTTP/1.1\r\nHost: a\r\n\r\n".repeat(1_000).getBytes(US_ASCII)));
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

    private void attackedBy(int many, String first) throws IOException {
        for (int i = 0; i < many; i++) {
            attacks.add(new Attack(first));
        }
    }

    private void thoseWithAKeyAreServed() throws Exception {
        for (int i = 0; i < 5; i++) {
            assertThat(served(CALLER, "c" + i)).isEqualTo(202);
        }
    }

    private static int served(HttpClient client, String subject) throws IOException, InterruptedException {
        var event = "{\"event_type\": \"exhaustion.tried\", \"user_id\": \"" + subject + "\", \"properties\": {\"filling\": \"" + "x".repeat(20_000) + "\"}}";
        return client.send(HttpRequest.newBuilder(service.uri("/api/v1/events")).header("X-API-Key", KEY).header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(event)).build(), HttpResponse.BodyHandlers.ofString()).statusCode();
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
            channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", service.uri("/").getPort()));
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

        String whole() {
            await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(20)).until(() -> answer().contains("}") || ended);
            assertThat(answer()).as("an answer").startsWith("HTTP/1.1 ");
            return answer();
        }

        void ends() {
            await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(20)).until(() -> {
                answer();
                return ended;
            });
        }
    }
}
