package dev.carillon.platform.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of one connection, whatever comes in on it. */
class ConnectionGuardTest {

    private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
    private static final String TENANT = "t";
    private static final long MANY = 1L << 40;

    private final Connections connections = connections(1_000, MANY);

    @Test
    void a_head_that_does_not_come_to_its_end_is_answered_with_408_however_slowly_it_goes_on() {
        // Given
        var connection = new Connection(connections);

        // When
        for (var piece : List.of("GET / ", "HTTP/1.1\r\n", "a: b\r\n", "c: d\r\n")) {
            connection.receives(piece);
            connection.passes(Duration.ofSeconds(3));
        }

        // Then
        assertThat(connection.sent())
                .startsWith("HTTP/1.1 408 Request Timeout\r\n")
                .contains("Connection: close", "application/problem+json", "request-timeout");
        assertThat(connection.isOpen()).isFalse();
        assertThat(connections.count()).isZero();
    }

    @Test
    void a_connection_on_which_nothing_is_asked_ends_without_an_answer() {
        var connection = new Connection(connections);

        connection.passes(Duration.ofSeconds(61));

        assertThat(connection.sent()).isEmpty();
        assertThat(connection.isOpen()).isFalse();
    }

    @Test
    void a_second_request_is_handed_on_when_the_first_is_answered() {
        // Given
        var connection = new Connection(connections);

        // When
        connection.receives(GET + GET + GET);

        // Then
        assertThat(connection.asked()).isEqualTo(1);
        connection.answers();
        assertThat(connection.asked()).isEqualTo(2);
        connection.answers();
        connection.answers();
        assertThat(connection.asked()).isEqualTo(3);
        assertThat(connection.sent().split("HTTP/1.1 200 OK", -1)).hasSize(4);
        assertThat(connection.isOpen()).isTrue();
    }

    @Test
    void whoever_asks_too_far_ahead_is_answered_what_was_asked_first_and_nothing_more() {
        var connection = new Connection(connections);

        connection.receives(GET.repeat(500));
        connection.answers();

        assertThat(connection.asked()).isEqualTo(1);
        assertThat(connection.sent()).containsIgnoringCase("connection: close");
        assertThat(connection.isOpen()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "nonsense                                            ; 400 ; bad-request",
                "GET / HTTP/1.1\\r\\na: b\\r\\n                     ; 400 ; bad-request",
                "GET / HTTP/1.1\\r\\nHost: a\\r\\nHost: b\\r\\n       ; 400 ; bad-request",
                "GET / HTTP/1.1\\r\\nno colon here\\r\\n             ; 400 ; bad-request",
                "GET / HTTP/1.7\\r\\n                                ; 505 ; bad-request",
                "PRI * HTTP/2.0\\r\\n                                ; 505 ; bad-request",
                "GET / XTTP/1.1\\r\\nHost: a                          ; 400 ; bad-request",
                "GET /%zz HTTP/1.1\\r\\nHost: a                       ; 400 ; bad-request",
                "GET /?a=%2 HTTP/1.1\\r\\nHost: a                     ; 400 ; bad-request",
                "GET /a|b HTTP/1.1\\r\\nHost: a                       ; 400 ; bad-request",
                "GET /{a} HTTP/1.1\\r\\nHost: a                       ; 400 ; bad-request",
                "GET /\1 HTTP/1.1\\r\\nHost: a                        ; 400 ; bad-request",
                "GET healthz HTTP/1.1\\r\\nHost: a                    ; 400 ; bad-request",
                "GET * HTTP/1.1\\r\\nHost: a                          ; 400 ; bad-request",
                "GET ? HTTP/1.1\\r\\nHost: a                          ; 400 ; bad-request",
                "GET mailto:a@b HTTP/1.1\\r\\nHost: a                 ; 400 ; bad-request",
                "GET http://[::1 HTTP/1.1\\r\\nHost: a                ; 400 ; bad-request",
                "CONNECT host:443 HTTP/1.1\\r\\nHost: host:443        ; 501 ; method-not-allowed",
                "BREW / HTTP/1.1\\r\\nHost: a                         ; 501 ; method-not-allowed",
                "get / HTTP/1.1\\r\\nHost: a                          ; 501 ; method-not-allowed",
                "GET /LONG HTTP/1.1\\r\\n                            ; 414 ; head-too-large",
                "GET / HTTP/1.1\\r\\na: LONG\\r\\n                   ; 431 ; head-too-large",
                "GET / HTTP/1.1\\r\\nHost: a\\r\\nMANY                 ; 431 ; head-too-large",
                "POST / HTTP/1.1\\r\\nContent-Length: -1\\r\\n       ; 400 ; bad-request"
            })
    void a_head_that_is_none_is_answered_with_a_problem(String head, int status, String type) {
        var connection = new Connection(connections);

        connection.receives(head.replace("\\r\\n", "\r\n")
                        .replace("LONG", "x".repeat(30_000))
                        .replace("MANY", "a: b\r\n".repeat(101))
                + "\r\n\r\n");

        assertThat(connection.sent())
                .startsWith("HTTP/1.1 " + status + " ")
                .contains("https://carillon.dev/problems/" + type, "Connection: close");
        assertThat(connection.isOpen()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /",
                "GET /a%20b?c=%C3%A9&d=/?:@!$'()*+,;=",
                "GET http://a/b",
                "HTTPS",
                "OPTIONS *",
                "GET /\u00e9",
                "TRACE /",
                "HEAD //a"
            })
    void a_head_that_can_be_meant_is_handed_on(String line) {
        var connection = new Connection(connections);

        connection.receives(line.replace("HTTPS", "GET https://[::1]:8080/") + " HTTP/1.1\r\nHost: a\r\n\r\n");

        assertThat(connection.asked()).isEqualTo(1);
    }

    @Test
    void a_head_request_that_is_refused_is_answered_without_a_body() {
        var connection = new Connection(connections);

        connection.receives("HEAD /%zz HTTP/1.1\r\nHost: a\r\n\r\n");

        assertThat(connection.sent()).startsWith("HTTP/1.1 400 ").endsWith("\r\n\r\n");
    }

    @Test
    void a_chunk_that_is_none_is_answered_with_a_problem_and_what_the_application_says_then_is_not_sent() {
        var connection = new Connection(connections);

        connection.receives("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nnot a size\r\n");
        connection.answers();

        assertThat(connection.sent()).startsWith("HTTP/1.1 400 ").doesNotContain("200 OK");
    }

    @ParameterizedTest
    @CsvSource({"Content-Length: 100000, true", "Transfer-Encoding: chunked, true", "Content-Length: 100, false"})
    void an_answer_before_a_long_body_ends_the_connection(String body, boolean ends) {
        var connection = new Connection(connections);

        connection.receives("POST / HTTP/1.1\r\nHost: a\r\n" + body + "\r\n\r\n");
        connection.answers();

        assertThat(connection.sent().toLowerCase().contains("connection: close"))
                .isEqualTo(ends);
        assertThat(connection.isOpen()).isNotEqualTo(ends);
    }

    @Test
    void the_rest_of_a_short_body_that_nobody_wanted_does_not_keep_the_connection_for_ever() {
        var connection = new Connection(connections);
        connection.receives("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n");
        connection.answers();

        connection.passes(Duration.ofSeconds(11));

        assertThat(connection.isOpen()).isFalse();
    }

    @Test
    void where_all_places_are_taken_the_stranger_who_has_waited_longest_goes() {
        // Given
        var few = connections(3, MANY);
        var known = new Connection(few);
        known.guard().known(TENANT);
        var first = new Connection(few);
        var second = new Connection(few);

        // When
        var third = new Connection(few);

        // Then
        assertThat(List.of(known, first, second, third))
                .extracting(Connection::isOpen)
                .containsExactly(true, false, true, true);
        assertThat(few.count()).isEqualTo(3);
    }

    @Test
    void where_no_stranger_can_be_spared_whoever_has_a_key_and_has_been_idle_longest_goes() {
        // Given
        var few = connections(4, MANY);
        var idle = idleOf("a", few);
        var later = idleOf("b", few);
        idle.receives(GET);
        idle.answers();
        var busy = busyOf("b", few);
        var asks = new Connection(few);
        asks.receives(GET);

        // When
        var newcomer = new Connection(few);

        // Then
        assertThat(List.of(idle, later, busy, asks, newcomer))
                .extracting(Connection::isOpen)
                .containsExactly(true, false, true, true, true);
    }

    @Test
    void where_all_with_a_key_are_busy_a_stranger_goes_who_has_been_answered_longest() {
        var few = connections(3, MANY);
        var busy = busyOf("a", few);
        var slow = new Connection(few);
        slow.receives("POST /api/v1/callbacks/x HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n");
        var asks = new Connection(few);
        asks.receives(GET);

        var newcomer = new Connection(few);

        assertThat(List.of(busy, slow, asks, newcomer))
                .extracting(Connection::isOpen)
                .containsExactly(true, false, true, true);
    }

    @Test
    void who_asks_with_a_key_while_being_let_go_is_answered_first() {
        var few = connections(1, MANY);
        var idle = idleOf(TENANT, few);

        few.admit(new ConnectionGuard(few));
        idle.receives(GET);

        assertThat(idle.asked()).isEqualTo(2);
        assertThat(idle.isOpen()).isTrue();
        idle.answers();
        assertThat(idle.sent()).contains("200 OK").containsIgnoringCase("connection: close");
        assertThat(idle.isOpen()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "/healthz/ready, 1",
        "/q/health, 1",
        "/unsubscribe/x, 1",
        "/api/v1/callbacks/twilio, 1",
        "http://a/healthz/live, 1",
        "/api/v1/events, 0",
        "/, 0",
        "/api/v1/customers/healthz/, 0",
        "http://a/api/v1/events, 0",
        "/q/metrics, 0"
    })
    void where_all_places_are_used_what_needs_no_key_is_answered_all_the_same(String target, int asked) {
        // Given
        var few = connections(2, MANY);
        busyOf("a", few);
        busyOf("b", few);
        var late = new Connection(few);

        // When
        late.receives("GET " + target + " HTTP/1.1\r\nHost: a\r\n\r\n");

        // Then
        assertThat(late.asked()).isEqualTo(asked);
        if (asked == 1) {
            late.answers();
            assertThat(late.sent()).startsWith("HTTP/1.1 200 OK").containsIgnoringCase("connection: close");
        } else {
            assertThat(late.sent())
                    .startsWith("HTTP/1.1 503 ")
                    .contains("problems/overloaded", "Retry-After: 5", "Connection: close");
        }
        assertThat(late.isOpen()).isFalse();
    }

    @Test
    void who_came_when_all_places_were_used_is_served_where_one_is_free_by_the_time_they_ask() {
        var few = connections(2, MANY);
        var first = busyOf("a", few);
        busyOf("b", few);
        var late = new Connection(few);

        first.answers();
        late.receives(GET);
        late.guard().known("c");
        late.answers();

        assertThat(first.isOpen()).isFalse();
        assertThat(late.sent()).startsWith("HTTP/1.1 200 OK").doesNotContainIgnoringCase("connection: close");
        assertThat(late.isOpen()).isTrue();
    }

    @Test
    void the_reserve_is_taken_from_whoever_has_had_it_longest() {
        var few = connections(2, MANY);
        busyOf("a", few);
        busyOf("b", few);
        var late = new ArrayList<Connection>();

        for (int n = 0; n < 12; n++) {
            late.add(new Connection(few));
        }

        assertThat(late)
                .extracting(Connection::isOpen)
                .startsWith(false, false, true)
                .endsWith(true);
        assertThat(few.count()).isEqualTo(12);
    }

    @Test
    void a_tenant_has_half_of_the_places_and_its_own_longest_idle_connection_makes_room_for_its_next() {
        // Given
        var few = connections(6, MANY);
        var other = idleOf("other", few);
        var own = List.of(idleOf(TENANT, few), idleOf(TENANT, few), idleOf(TENANT, few));

        // When
        var fourth = new Connection(few);
        fourth.receives(GET);
        var taken = fourth.guard().known(TENANT);

        // Then
        assertThat(taken).isTrue();
        assertThat(own).extracting(Connection::isOpen).containsExactly(false, true, true);
        assertThat(List.of(other, fourth)).extracting(Connection::isOpen).containsOnly(true);
    }

    @Test
    void a_tenant_that_uses_all_its_places_gets_no_more_until_one_of_them_closes_and_others_do() {
        // Given
        var few = connections(6, MANY);
        var first = busyOf(TENANT, few);
        busyOf(TENANT, few);
        busyOf(TENANT, few);
        var fourth = new Connection(few);
        fourth.receives(GET);

        // Then
        assertThat(fourth.guard().known(TENANT)).isFalse();
        assertThat(fourth.guard().known("other")).isTrue();
        first.channel.close();
        var fifth = new Connection(few);
        fifth.receives(GET);
        assertThat(fifth.guard().known(TENANT)).isTrue();
    }

    @Test
    void strangers_who_hold_too_much_of_the_heap_with_their_heads_are_let_go_the_oldest_first() {
        // Given
        var tight = connections(1_000, 32 * 10_000);
        var known = new Connection(tight);
        known.guard().known(TENANT);
        known.receives("GET / HTTP/1.1\r\na: " + "k".repeat(15_000));
        var first = new Connection(tight);
        first.receives("GET / HTTP/1.1\r\na: " + "x".repeat(6_000));

        // When
        var second = new Connection(tight);
        second.receives("GET / HTTP/1.1\r\na: " + "x".repeat(6_000));

        // Then
        assertThat(List.of(known, first, second)).extracting(Connection::isOpen).containsExactly(true, false, true);
    }

    @Test
    void a_service_that_stops_answers_what_was_asked_and_says_close() throws InterruptedException {
        // Given
        var busy = new Connection(connections);
        busy.receives(GET);
        var waiting = new Connection(connections);
        waiting.receives(GET);
        waiting.answers();
        var ahead = new Connection(connections);
        ahead.receives(GET + GET + GET);
        var stopping = new Thread(() -> connections.stop(Set.of(1), Duration.ofSeconds(30)));

        // When
        stopping.start();
        while (!connections.stopping()) {
            Thread.onSpinWait();
        }
        busy.answers();
        waiting.receives(GET);
        waiting.answers();
        for (int n = 0; n < 3; n++) {
            ahead.answers();
        }
        stopping.join();

        // Then
        assertThat(busy.sent()).contains("200 OK").containsIgnoringCase("connection: close");
        assertThat(waiting.sent().split("200 OK", -1)).hasSize(3);
        assertThat(ahead.sent().split("200 OK", -1)).hasSize(4);
        assertThat(List.of(busy, waiting, ahead)).extracting(Connection::isOpen).containsOnly(false);
    }

    private static Connection busyOf(String tenant, Connections connections) {
        var connection = new Connection(connections);
        connection.receives(GET);
        assertThat(connection.guard().known(tenant)).isTrue();
        return connection;
    }

    private static Connection idleOf(String tenant, Connections connections) {
        var connection = busyOf(tenant, connections);
        connection.answers();
        return connection;
    }

    private static Connections connections(int most, long held) {
        var connections = new Connections();
        connections.limit(new Connections.ConnectionLimits(
                most,
                held,
                Duration.ofSeconds(10),
                Duration.ofSeconds(60),
                problem -> ("{\"type\":\"" + problem.type() + "\"}").getBytes(UTF_8)));
        return connections;
    }

    /** A connection whose other end is played by the test, and whose application answers when it is told to. */
    private static final class Connection {

        private final Application application = new Application();
        private final EmbeddedChannel channel;
        private final ConnectionGuard guard;
        private final StringBuilder sent = new StringBuilder();

        Connection(Connections connections) {
            guard = new ConnectionGuard(connections);
            channel = new EmbeddedChannel(new ChannelInitializer<>() {
                @Override
                protected void initChannel(io.netty.channel.Channel made) {
                    made.pipeline()
                            .addLast(ConnectionGuard.FIRST, new FirstBytes(guard))
                            .addLast("httpDecoder", new HttpRequestDecoder(4096, 20_480, 8192))
                            .addLast("httpEncoder", new HttpResponseEncoder())
                            .addLast("handler", application);
                }
            });
            channel.freezeTime();
        }

        ConnectionGuard guard() {
            return guard;
        }

        void receives(String text) {
            channel.writeInbound(Unpooled.copiedBuffer(text, US_ASCII));
        }

        void answers() {
            channel.runPendingTasks();
            var response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
            response.headers().set(HttpHeaderNames.CONTENT_LENGTH, 0);
            application.context.writeAndFlush(response);
            channel.runPendingTasks();
        }

        void passes(Duration time) {
            channel.advanceTimeBy(time.toNanos(), TimeUnit.NANOSECONDS);
            channel.runScheduledPendingTasks();
            channel.runPendingTasks();
        }

        int asked() {
            return application.requests.size();
        }

        boolean isOpen() {
            channel.runPendingTasks();
            return channel.isOpen();
        }

        String sent() {
            for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
                sent.append(part.toString(UTF_8));
                part.release();
            }
            return sent.toString();
        }
    }

    private static final class Application extends ChannelInboundHandlerAdapter {

        private final List<HttpRequest> requests = new ArrayList<>();
        private ChannelHandlerContext context;

        @Override
        public void handlerAdded(ChannelHandlerContext context) {
            this.context = context;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (message instanceof HttpRequest request) {
                requests.add(request);
            }
            ReferenceCountUtil.release(message);
        }
    }
}
