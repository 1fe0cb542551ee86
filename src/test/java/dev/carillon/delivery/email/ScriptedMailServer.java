package dev.carillon.delivery.email;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import io.vertx.core.parsetools.RecordParser;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A mail server that answers each command as the test says, and takes everything else. */
class ScriptedMailServer {

    /** The end of the mail itself, as if it were a command. */
    static final String MAIL_ENDED = ".";

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

    void takeEverything() {
        scripts.clear();
    }

    void close() {
        server.close().toCompletionStage().toCompletableFuture().join();
    }

    private void connected(NetSocket socket) {
        var mail = new StringBuilder();
        var inMail = new boolean[1];
        socket.write("220 mail.example.com ESMTP\r\n");
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
            scripts.getOrDefault(command, to -> to.write(inMail[0] ? "354 go on\r\n" : command.equals("QUIT") ? "221 bye\r\n" : "250 OK\r\n"))
                    .accept(socket);
            if (command.equals("QUIT")) {
                socket.close();                // as a server must; the client waits for it
            }
        }));
    }
}
