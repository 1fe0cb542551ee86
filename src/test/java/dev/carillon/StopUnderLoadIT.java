package dev.carillon;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.testing.PackagedService;
import dev.carillon.testing.PackagedTest;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** A service that is told to end while many ask: each of them is answered, or finds nobody there; none is cut off. */
@PackagedTest
class StopUnderLoadIT {

    /** In each manner. */
    private static final int CLIENTS = 64;

    private static final String KEY = "an-admin-key-of-the-stop-test";

    private enum Manner {
        KEEPS_ITS_CONNECTION(1, true),
        COMES_ANEW(1, false),
        ASKS_AHEAD(5, true);

        private final int ahead;
        private final boolean stays;

        Manner(int ahead, boolean stays) {
            this.ahead = ahead;
            this.stays = stays;
        }
    }

    private final Queue<String> cutOff = new ConcurrentLinkedQueue<>();
    private final Set<Integer> statuses = ConcurrentHashMap.newKeySet();
    private final Map<Manner, AtomicInteger> answers = Map.of(
            Manner.KEEPS_ITS_CONNECTION,
            new AtomicInteger(),
            Manner.COMES_ANEW,
            new AtomicInteger(),
            Manner.ASKS_AHEAD,
            new AtomicInteger());
    private final AtomicInteger toldToClose = new AtomicInteger();

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path directory;

    @Test
    void nobody_who_asks_is_cut_off() throws Exception {
        try (var service = PackagedService.launch(directory, Map.of("CARILLON_ADMIN_KEY", KEY))
                .awaitStarted()) {
            // Given
            var clients = Executors.newFixedThreadPool(Manner.values().length * CLIENTS);
            for (int n = 0; n < CLIENTS; n++) {
                for (var manner : Manner.values()) {
                    var client = manner + "-" + n;
                    clients.submit(() -> askUntilNobodyIsThere(service, client, manner));
                }
            }
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> Stream.of(Manner.values())
                            .allMatch(manner -> answers.get(manner).get() > 20 * CLIENTS));

            // When
            var exit = service.terminate();
            clients.shutdown();

            // Then
            assertThat(clients.awaitTermination(30, TimeUnit.SECONDS))
                    .as("all find nobody there")
                    .isTrue();
            assertThat(exit).isEqualTo(143);
            assertThat(cutOff).isEmpty();
            assertThat(toldToClose.get())
                    .as("each connection ended with an answer that said so")
                    .isGreaterThanOrEqualTo(CLIENTS);
            assertThat(statuses).isSubsetOf(202, 503).contains(202);
            assertThat(service.output()).contains("stopped in").doesNotContain("\"ERROR\"");
        }
    }

    /** As a good client does: closes where it is told to, and comes back. What it asked behind an answer that says so was not done, and it is not reset. */
    private void askUntilNobodyIsThere(PackagedService service, String client, Manner manner) {
        for (int n = 0; ; n++) {
            try (var connection = new Socket(
                    InetAddress.getLoopbackAddress(), service.uri("/").getPort())) {
                var in = new DataInputStream(connection.getInputStream());
                for (boolean open = true; open; n++) {
                    connection
                            .getOutputStream()
                            .write(request(client, n).repeat(manner.ahead).getBytes(US_ASCII));
                    for (int answer = 0; open && answer < manner.ahead; answer++) {
                        open = answer(in, manner);
                    }
                    if (!open && in.read() >= 0) {
                        throw new IOException("something came behind an answer that said close");
                    }
                    open &= manner.stays;
                }
            } catch (ConnectException nobodyThere) {
                return;
            } catch (IOException broken) {
                cutOff.add("client " + client + ", request " + n + ": " + broken);
                return;
            }
        }
    }

    /** Whether the connection stays open. */
    private boolean answer(DataInputStream in, Manner manner) throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            var next = in.read();
            if (next < 0) {
                throw new EOFException("after \"" + head + "\"");
            }
            head.append((char) next);
        }
        var lines = head.toString().toLowerCase().lines().toList();
        in.readFully(new byte[length(lines)]);
        statuses.add(Integer.parseInt(lines.get(0).substring(9, 12)));
        answers.get(manner).incrementAndGet();
        if (lines.contains("connection: close")) {
            toldToClose.incrementAndGet();
            return false;
        }
        return true;
    }

    private static int length(List<String> head) {
        return head.stream()
                .filter(line -> line.startsWith("content-length: "))
                .mapToInt(line -> Integer.parseInt(line.substring(16).strip()))
                .findFirst()
                .orElse(0);
    }

    private static String request(String client, int n) {
        var body = "{\"event_type\": \"stop.tried\", \"user_id\": \"c-" + client + "\", \"properties\": {\"n\": " + n
                + "}}";
        return "POST /api/v1/events HTTP/1.1\r\nHost: localhost\r\nX-API-Key: " + KEY
                + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }
}
