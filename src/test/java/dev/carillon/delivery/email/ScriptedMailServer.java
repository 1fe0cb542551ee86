package dev.carillon.delivery.email;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import io.vertx.core.parsetools.RecordParser;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;

/** A mail server that answers each command as the test says, and takes everything else. */
class ScriptedMailServer {

    /** The end of the mail itself, as if it were a command. */
    static final String MAIL_ENDED = ".";

    /** The beginning of a connection, as if it were a command. */
    static final String CONNECTED = "";

    private static final String GREETING = "220 mail.example.com ESMTP";

    private final AtomicInteger connections = new AtomicInteger();
    private volatile Function<NetSocket, String> greeting = to -> GREETING;
    private volatile boolean pipelining;
    private final Map<String, Consumer<NetSocket>> scripts = new ConcurrentHashMap<>();
    private final List<String> mails = new CopyOnWriteArrayList<>();
    private final NetServer server;

    ScriptedMailServer(Vertx vertx) {
        this.server = vertx.createNetServer().connectHandler(this::connected);
        server.listen(0, "127.0.0.1").toCompletionStage().toCompletableFuture().join();
    }

    int port() {
        return server.actualPort();
    }

    /** What was sent, head and body, in order; also what was not taken in the end. */
    List<String> mails() {
        return mails;
    }

    void on(String command, Consumer<NetSocket> answer) {
        scripts.clear();
        scripts.put(command, answer);
    }

    /** From now on it says so to whoever connects, and closes unless it is a welcome. */
    void greets(Function<NetSocket, String> greeting) {
        this.greeting = greeting;
    }

    /** Whether it lets a client send several commands at once. */
    void pipelines(boolean pipelining) {
        this.pipelining = pipelining;
    }

    /** How many there were. */
    int connections() {
        return connections.get();
    }

    void takeEverything() {
        scripts.clear();
    }

    void close() {
        server.close().toCompletionStage().toCompletableFuture().join();
    }

    private void greet(NetSocket socket) {
        var said = greeting.apply(socket);
        socket.write(said + "\r\n");
        if (!said.startsWith("2")) {
            socket.close();
        }
    }

    private void connected(NetSocket socket) {
        var mail = new StringBuilder();
        var inMail = new boolean[1];
        connections.incrementAndGet();
        scripts.getOrDefault(CONNECTED, this::greet).accept(socket);
        socket.handler(RecordParser.newDelimited("\r\n", line -> {
            var text = line.toString("UTF-8");
            if (inMail[0] && !text.equals(MAIL_ENDED)) {
                mail.append(text).append("\r\n");
                return;
            }
            if (inMail[0]) {
                mails.add(mail.toString());
                mail.setLength(0);
                inMail[0] = false;
            }
            var command = text.split(" ")[0];
            inMail[0] = command.equals("DATA");
            scripts.getOrDefault(
                            command,
                            to -> to.write(
                                    inMail[0]
                                            ? "354 go on\r\n"
                                            : command.equals("QUIT")
                                                    ? "221 bye\r\n"
                                                    : command.equals("EHLO") && pipelining
                                                            ? "250-mail.example.com\r\n250 PIPELINING\r\n"
                                                            : "250 OK\r\n"))
                    .accept(socket);
            if (command.equals("QUIT")) {
                socket.close(); // as a server must; the client waits for it
            }
        }));
    }
}
