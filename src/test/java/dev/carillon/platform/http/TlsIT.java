package dev.carillon.platform.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.carillon.platform.rest.Problem;
import dev.carillon.testing.PackagedTest;
import dev.carillon.testing.Production;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The service's own TLS port: whoever speaks there is judged as in the clear, and waited for no longer. */
@PackagedTest
@ResourceLock(Production.SHARED)
class TlsIT {

    private static int port;

    @BeforeAll
    static void start() {
        port = Production.tlsPort();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            value = {
                "GET /%zz HTTP/1.1 > 400",
                "GET /a|b HTTP/1.1 > 400",
                "GET healthz/live HTTP/1.1 > 400",
                "GET /healthz/live XTTP/1.1 > 400",
                "BREW / HTTP/1.1 > 501",
                "GET /healthz/live HTTP/9.9 > 505",
                "GET /nowhere HTTP/1.1 > 401",
                "GET /healthz/live HTTP/1.1 > 200"
            })
    void a_request_that_comes_with_the_end_of_the_handshake_is_judged_as_any_other(String line, int status)
            throws Exception {
        for (var protocol : List.of("TLSv1.3", "TLSv1.2")) {
            try (var socket = tls(new SpeaksBeforeItListens(), protocol, "http/1.1")) {
                socket.getOutputStream()
                        .write((line + "\r\nHost: a\r\nConnection: close\r\n\r\n").getBytes(ISO_8859_1));

                var answer = new String(socket.getInputStream().readAllBytes(), UTF_8);

                assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
                assertThat(answer.contains(Problem.MEDIA_TYPE)).isEqualTo(status != 200);
            }
        }
    }

    /** With many answers at once on a connection, a client that takes none would say how much of them is kept. */
    @Test
    void whoever_offers_http2_is_answered_with_http1() throws Exception {
        for (var protocol : List.of("TLSv1.3", "TLSv1.2")) {
            try (var socket = tls(new Socket(), protocol, "h2", "http/1.1")) {
                assertThat(socket.getApplicationProtocol()).isEqualTo("http/1.1");
                socket.getOutputStream()
                        .write("GET /healthz/live HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
                                .getBytes(ISO_8859_1));
                assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8))
                        .startsWith("HTTP/1.1 200 ");
            }
        }
        assertThat(catchThrowable(() -> untilClosed(
                                tls(new Socket(), "TLSv1.3", "h2"),
                                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(ISO_8859_1))
                        .contains("never said")))
                .as("no application protocol in common")
                .isInstanceOf(IOException.class);
    }

    /** Every kind of endpoint, by the JDK's own client, which offers HTTP/2. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            value = {
                "GET /api/v1/rules > > 200", "PUT /api/v1/customers/tls-1 > {\"name\": \"Tess\"} > 201",
                        "GET /api/v1/customers/tls-1 > > 200",
                "POST /api/v1/events > {\"type\": \"pricing.price-changed\", \"data\": 7} > 202",
                        "GET /problems/validation > > 200",
                        "POST /unsubscribe/forged > List-Unsubscribe=One-Click > 404",
                "GET /q/openapi > > 200", "PATCH /api/v1/rules > > 405", "GET /healthz/ready > > 200"
            })
    void everything_is_answered_as_in_the_clear(String asked, @Nullable String body, int status) throws Exception {
        var parts = asked.split(" ");
        var client = HttpClient.newBuilder()
                .sslContext(trustful())
                .version(HttpClient.Version.HTTP_2)
                .build();
        var request = HttpRequest.newBuilder(URI.create("https://localhost:" + port + parts[1]))
                .header("X-API-Key", Production.ADMIN_KEY)
                .header(
                        "Content-Type",
                        parts[1].startsWith("/unsubscribe") ? "application/x-www-form-urlencoded" : "application/json")
                .method(parts[0], body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();

        var answer = client.send(request, BodyHandlers.ofString());

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
    }

    @Test
    void nobody_is_waited_for_for_ever() throws Exception {
        // Given
        var all = Executors.newCachedThreadPool();
        var preconnected = tls(new Socket(), "TLSv1.3", "http/1.1");
        var closed = List.<Callable<String>>of(
                () -> untilClosed(connected(new Socket()), new byte[0]),
                () -> untilClosed(connected(new Socket()), HexFormat.of().parseHex("160301")),
                () -> untilClosed(connected(new Socket()), HexFormat.of().parseHex("16030100ff010000fb0303")));
        Callable<String> late = () ->
                untilClosed(tls(new Socket(), "TLSv1.3", "http/1.1"), "GET / HTTP/1.1\r\nHost: ".getBytes(ISO_8859_1));

        // When
        var ends = closed.stream().map(all::submit).toList();
        var answer = all.submit(late);

        // Then
        for (Future<String> end : ends) {
            end.get(60, TimeUnit.SECONDS);
        }
        assertThat(answer.get(60, TimeUnit.SECONDS)).startsWith("HTTP/1.1 408 ").contains(Problem.MEDIA_TYPE);
        preconnected
                .getOutputStream()
                .write("GET /healthz/live HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".getBytes(ISO_8859_1));
        assertThat(new String(preconnected.getInputStream().readAllBytes(), UTF_8))
                .as("a head's time is over, but this one has begun none")
                .startsWith("HTTP/1.1 200 ");
        preconnected.close();
        all.shutdownNow();
    }

    private static String untilClosed(Socket socket, byte[] said) throws IOException {
        try (socket) {
            socket.getOutputStream().write(said);
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (IOException closed) {
            return closed.toString();
        }
    }

    private static SSLSocket tls(Socket below, String protocol, String... spoken)
            throws IOException, GeneralSecurityException {
        var socket = (SSLSocket) trustful().getSocketFactory().createSocket(connected(below), "localhost", port, true);
        var parameters = socket.getSSLParameters();
        parameters.setProtocols(new String[] {protocol});
        parameters.setApplicationProtocols(spoken);
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    private static SSLContext trustful() throws GeneralSecurityException {
        var context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new TrustsAll()}, null);
        return context;
    }

    private static Socket connected(Socket socket) throws IOException {
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        socket.setSoTimeout(50_000);
        return socket;
    }

    /** What is written goes out when an answer is waited for, all of it at once. */
    private static final class SpeaksBeforeItListens extends Socket {

        private final ByteArrayOutputStream said = new ByteArrayOutputStream();

        @Override
        public OutputStream getOutputStream() {
            return said;
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return new FilterInputStream(super.getInputStream()) {
                @Override
                public int read() throws IOException {
                    speak();
                    return super.read();
                }

                @Override
                public int read(byte[] into, int at, int length) throws IOException {
                    speak();
                    return super.read(into, at, length);
                }
            };
        }

        private void speak() throws IOException {
            super.getOutputStream().write(said.toByteArray());
            said.reset();
        }
    }

    private static final class TrustsAll extends X509ExtendedTrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {
            // signed by itself, in this run
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {
            // as above
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
            // as above
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
