package dev.carillon.bench;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.util.Locale;
import java.util.function.Consumer;

/** A connection to a service, with one request on its way at a time. */
final class HttpConnection {

    private static final String LENGTH = "content-length:";
    private static final Buffer LAST_CHUNK = Buffer.buffer("0\r\n\r\n");

    /** @param text the whole of it */
    record Answer(boolean success, String text) {}

    private final NetSocket socket;
    private Buffer received = Buffer.buffer();
    private int expected;
    private Consumer<Answer> answered;

    HttpConnection(NetSocket socket) {
        this.socket = socket;
        socket.handler(this::receive);
        socket.closeHandler(closed -> {
            if (answered != null) {
                finish(new Answer(false, "the connection was closed"));
            }
        });
    }

    void send(Buffer request, Consumer<Answer> answered) {
        this.answered = answered;
        received = Buffer.buffer();
        expected = -1;
        socket.write(request);
    }

    private void receive(Buffer more) {
        received.appendBuffer(more);
        if (expected < 0) {
            expected = lengthSaid();
        }
        if (expected > 0 ? received.length() >= expected : expected == 0 && endsWithLastChunk()) {
            boolean success = received.getByte(9) == '2'; // HTTP/1.1 2..
            finish(new Answer(success, success ? "" : received.toString()));
        }
    }

    private void finish(Answer answer) {
        var then = answered;
        answered = null;
        then.accept(answer);
    }

    /** @return head and body together; 0 for one in chunks, -1 while the head is not whole */
    private int lengthSaid() {
        var head = received.getString(0, Math.min(received.length(), 2048)).toLowerCase(Locale.ROOT);
        int end = head.indexOf("\r\n\r\n");
        if (end < 0) {
            return -1;
        }
        int length = head.indexOf(LENGTH);
        if (length < 0 || length > end) {
            return head.lastIndexOf("transfer-encoding: chunked", end) < 0 ? end + 4 : 0;
        }
        int from = length + LENGTH.length();
        return end
                + 4
                + Integer.parseInt(
                        head.substring(from, head.indexOf("\r\n", from)).strip());
    }

    private boolean endsWithLastChunk() {
        int length = received.length();
        return length > LAST_CHUNK.length()
                && received.getBuffer(length - LAST_CHUNK.length(), length).equals(LAST_CHUNK);
    }
}
