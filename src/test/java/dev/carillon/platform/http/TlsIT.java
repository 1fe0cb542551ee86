package dev.carillon.platform.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.platform.problem.Problem;
import dev.carillon.testing.Production;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The service's own TLS port: whoever speaks there is judged as in the clear, and waited for no longer. */
class TlsIT {

    private static final byte[] BEGIN = concat("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(ISO_8859_1), frame(4, 0, 0, new byte[0]));
    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int END_STREAM = 1;
    private static final int END_HEADERS = 4;

    private static int port;

    @BeforeAll
    static void start() {
        port = Production.tlsPort();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '>', value = {
            "GET /%zz HTTP/1.1 > 400", "GET /a|b HTTP/1.1 > 400", "GET healthz/live HTTP/1.1 > 400", "GET /healthz/live XTTP/1.1 > 400", "BREW / HTTP/1.1 > 501",
            "GET /healthz/live HTTP/9.9 > 505", "GET /nowhere HTTP/1.1 > 401", "GET /healthz/live HTTP/1.1 > 200"})
    void a_request_that_comes_with_the_end_of_the_handshake_is_judged_as_any_other(String line, int status) throws Exception {
        for (var protocol : List.of("TLSv1.3", "TLSv1.2")) {
            try (var socket = tls(new SpeaksBeforeItListens(), protocol, "http/1.1")) {
                socket.getOutputStream().write((line + "\r\nHost: a\r\nConnection: close\r\n\r\n").getBytes(ISO_8859_1));

                var answer = new String(socket.getInputStream().readAllBytes(), UTF_8);

                assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
                assertThat(answer.contains(Problem.MEDIA_TYPE)).isEqualTo(status != 200);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"GET, /%zz, 400, true", "GET, /a|b, 400, true", "HEAD, /%zz, 400, false", "BREW, /, 501, true", "GET, /nowhere, 401, true", "GET, /healthz/live, 200, true"})
    void http2_is_told_what_is_wrong_with_a_request_too(String method, String path, int status, boolean withBody) throws Exception {
        try (var socket = http2()) {
            // When
            socket.getOutputStream().write(concat(BEGIN, request(1, method, path)));
            var body = body(socket, 1);

            // Then: and the connection goes on
            assertThat(body.contains("\"status\":" + status)).isEqualTo(withBody && status != 200);
            socket.getOutputStream().write(request(3, "GET", "/healthz/live"));
            assertThat(body(socket, 3)).contains("UP");
        }
    }

    @Test
    void nobody_is_waited_for_for_ever() throws Exception {
        // Given
        var all = Executors.newCachedThreadPool();
        var idle = http2();
        idle.getOutputStream().write(BEGIN);
        var preconnected = tls(new Socket(), "TLSv1.3", "http/1.1");
        var closed = List.<Callable<String>>of(
                () -> untilClosed(connected(new Socket()), new byte[0]),
                () -> untilClosed(connected(new Socket()), HexFormat.of().parseHex("160301")),
                () -> untilClosed(connected(new Socket()), HexFormat.of().parseHex("16030100ff010000fb0303")),
                () -> untilClosed(http2(), "PRI * HT".getBytes(ISO_8859_1)),
                () -> untilClosed(http2(), concat(BEGIN, new byte[] {0, 0, 9, HEADERS})),
                () -> untilClosed(http2(), concat(BEGIN, frame(HEADERS, END_STREAM, 1, new byte[] {(byte) 0x82}))));
        Callable<String> late = () -> untilClosed(tls(new Socket(), "TLSv1.3", "http/1.1"), "GET / HTTP/1.1\r\nHost: ".getBytes(ISO_8859_1));

        // When
        var ends = closed.stream().map(all::submit).toList();
        var answer = all.submit(late);

        // Then
        for (Future<String> end : ends) {
            end.get(60, TimeUnit.SECONDS);
        }
        assertThat(answer.get(60, TimeUnit.SECONDS)).startsWith("HTTP/1.1 408 ").contains(Problem.MEDIA_TYPE);
        idle.getOutputStream().write(request(1, "GET", "/healthz/live"));
        assertThat(body(idle, 1)).as("a head's time is over, but this one has begun none").contains("UP");
        preconnected.getOutputStream().write("GET /healthz/live HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".getBytes(ISO_8859_1));
        assertThat(new String(preconnected.getInputStream().readAllBytes(), UTF_8)).startsWith("HTTP/1.1 200 ");
        idle.close();
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

    private static SSLSocket http2() throws Exception {
        return tls(new Socket(), "TLSv1.3", "h2");
    }

    private static SSLSocket tls(Socket below, String protocol, String spoken) throws IOException, GeneralSecurityException {
        var context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new TrustsAll()}, null);
        var socket = (SSLSocket) context.getSocketFactory().createSocket(connected(below), "localhost", port, true);
        var parameters = socket.getSSLParameters();
        parameters.setProtocols(new String[] {protocol});
        parameters.setApplicationProtocols(new String[] {spoken});
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        assertThat(socket.getApplicationProtocol()).isEqualTo(spoken);
        return socket;
    }

    private static Socket connected(Socket socket) throws IOException {
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        socket.setSoTimeout(50_000);
        return socket;
    }

    /** HPACK without a table: every field written out. */
    private static byte[] request(int stream, String method, String path) {
        var head = new ByteArrayOutputStream();
        field(head, ":method", method);
        field(head, ":scheme", "https");
        field(head, ":path", path);
        field(head, ":authority", "localhost");
        return frame(HEADERS, END_STREAM | END_HEADERS, stream, head.toByteArray());
    }

    private static void field(ByteArrayOutputStream head, String name, String value) {
        head.write(0);
        head.write(name.length());
        head.writeBytes(name.getBytes(ISO_8859_1));
        head.write(value.length());
        head.writeBytes(value.getBytes(ISO_8859_1));
    }

    private static byte[] frame(int type, int flags, int stream, byte[] payload) {
        return concat(new byte[] {0, (byte) (payload.length >> 8), (byte) payload.length, (byte) type, (byte) flags, 0, 0, 0, (byte) stream}, payload);
    }

    /** Reads until the stream ends. */
    private static String body(Socket socket, int wanted) throws IOException {
        var in = new DataInputStream(socket.getInputStream());
        var body = new ByteArrayOutputStream();
        while (true) {
            var length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
            var type = in.readUnsignedByte();
            var flags = in.readUnsignedByte();
            var stream = in.readInt();
            var payload = in.readNBytes(length);
            if (stream == wanted && type == DATA) {
                body.writeBytes(payload);
            }
            if (stream == wanted && type <= HEADERS && (flags & END_STREAM) != 0) {
                return body.toString(UTF_8);
            }
            assertThat(type).as("neither reset nor sent away: %s", HexFormat.of().formatHex(payload)).isNotIn(3, 7);
        }
    }

    private static byte[] concat(byte[] first, byte[] second) {
        var all = new ByteArrayOutputStream();
        all.writeBytes(first);
        all.writeBytes(second);
        return all.toByteArray();
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

    private static final class TrustsAll implements X509TrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {
            // signed by itself, in this run
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
