package dev.carillon.testing;

import dev.carillon.platform.postgres.PostgresAddress;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Stands before a real PostgreSQL and passes on what is said. When told to, it refuses every statement with an SQLSTATE in the server's
 * place, also in the middle of a transaction, as the server does when its disk is full or its patience is at an end.
 */
public final class TroubledPostgres implements AutoCloseable {

    private static final int SSL_REQUEST = 80_877_103;
    private static final int GSS_REQUEST = 80_877_104;
    private static final Set<String> PASSED_ON = Set.of("BEGIN", "ROLLBACK", "COMMIT");

    private final PostgresAddress server;
    private final ServerSocket door;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile @Nullable String trouble;

    private TroubledPostgres(PostgresAddress server, ServerSocket door) {
        this.server = server;
        this.door = door;
    }

    public static TroubledPostgres before(PostgresAddress server) throws IOException {
        var postgres = new TroubledPostgres(server, new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
        inBackground(postgres::admit);
        return postgres;
    }

    public PostgresAddress address() {
        return new PostgresAddress(
                "127.0.0.1", door.getLocalPort(), server.database(), server.user(), server.password());
    }

    public void refuseEverythingWith(String sqlState) {
        trouble = sqlState;
    }

    public void recover() {
        trouble = null;
    }

    @Override
    public void close() throws IOException {
        door.close();
        for (Socket socket : open) {
            socket.close();
        }
    }

    private void admit() throws IOException {
        while (!door.isClosed()) {
            var client = door.accept();
            var session = new Session(client, new Socket(server.host(), server.port()));
            inBackground(session::listenToTheServer);
            inBackground(session::listenToTheClient);
        }
    }

    private static void inBackground(IoTask task) {
        var thread = new Thread(
                () -> {
                    try {
                        task.run();
                    } catch (IOException e) {
                        // one side has hung up, and so do we
                    }
                },
                "troubled-postgres");
        thread.setDaemon(true);
        thread.start();
    }

    private interface IoTask {
        void run() throws IOException;
    }

    private record Frame(byte type, byte[] body) {

        static Frame read(DataInputStream from) throws IOException {
            byte type = from.readByte();
            return new Frame(type, from.readNBytes(from.readInt() - 4));
        }

        void write(DataOutputStream to) throws IOException {
            to.writeByte(type);
            to.writeInt(body.length + 4);
            to.write(body);
        }

        static Frame readyForQuery(char transaction) {
            return new Frame((byte) 'Z', new byte[] {(byte) transaction});
        }

        static Frame refusal(String sqlState) throws IOException {
            var fields = new ByteArrayOutputStream();
            for (String field : new String[] {"SERROR", "VERROR", "C" + sqlState, "Min the server's place"}) {
                fields.write(field.getBytes(StandardCharsets.UTF_8));
                fields.write(0);
            }
            fields.write(0);
            return new Frame((byte) 'E', fields.toByteArray());
        }
    }

    private final class Session {

        private final DataInputStream fromClient;
        private final DataOutputStream toClient;
        private final DataInputStream fromServer;
        private final DataOutputStream toServer;

        /** Questions the server has not yet answered; it is not interrupted in them. */
        private int unanswered;

        private char transaction = 'I';
        private boolean refused;

        /** The server has heard the beginning of a question and hears it to its end. */
        private boolean begun;

        Session(Socket client, Socket server) throws IOException {
            open.add(client);
            open.add(server);
            fromClient = new DataInputStream(client.getInputStream());
            toClient = new DataOutputStream(client.getOutputStream());
            fromServer = new DataInputStream(server.getInputStream());
            toServer = new DataOutputStream(server.getOutputStream());
        }

        void listenToTheServer() throws IOException {
            try (fromServer;
                    toClient) {
                while (true) {
                    Frame frame = Frame.read(fromServer);
                    synchronized (this) {
                        if (frame.type() == 'Z') {
                            unanswered = Math.max(0, unanswered - 1);
                            transaction = (char) frame.body()[0];
                        }
                        frame.write(toClient);
                        toClient.flush();
                    }
                }
            }
        }

        void listenToTheClient() throws IOException {
            try (fromClient;
                    toServer) {
                introduce();
                while (true) {
                    Frame frame = Frame.read(fromClient);
                    synchronized (this) {
                        hear(frame);
                    }
                }
            }
        }

        private void introduce() throws IOException {
            while (true) {
                byte[] body = fromClient.readNBytes(fromClient.readInt() - 4);
                int code = new DataInputStream(new ByteArrayInputStream(body)).readInt();
                if (code != SSL_REQUEST && code != GSS_REQUEST) {
                    toServer.writeInt(body.length + 4);
                    toServer.write(body);
                    toServer.flush();
                    return;
                }
                toClient.writeByte('N');
                toClient.flush();
            }
        }

        private void hear(Frame frame) throws IOException {
            String sqlState = trouble;
            if (begun || sqlState == null && !refused || unanswered > 0 && !refused || isPassedOn(frame)) {
                boolean ends = frame.type() == 'Q' || frame.type() == 'S';
                unanswered += ends ? 1 : 0;
                begun = !ends && frame.type() != 'p' && frame.type() != 'X';
                frame.write(toServer);
                toServer.flush();
            } else {
                refuse(frame, sqlState == null ? "57014" : sqlState);
            }
        }

        private boolean isPassedOn(Frame frame) {
            return switch (frame.type()) {
                // passwords and farewells
                case 'p', 'X' -> true;
                case 'Q' ->
                    !refused
                            && PASSED_ON.contains(new String(frame.body(), StandardCharsets.UTF_8)
                                    .replace("\0", "")
                                    .strip()
                                    .toUpperCase(Locale.ROOT));
                default -> false;
            };
        }

        /** Of an extended query the first part is refused and the rest unheard, until the client asks where it stands. */
        private void refuse(Frame frame, String sqlState) throws IOException {
            if (!refused) {
                Frame.refusal(sqlState).write(toClient);
            }
            refused = frame.type() != 'Q' && frame.type() != 'S';
            if (!refused) {
                Frame.readyForQuery(transaction == 'I' ? 'I' : 'E').write(toClient);
            }
            toClient.flush();
        }
    }
}
