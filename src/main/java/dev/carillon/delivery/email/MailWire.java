package dev.carillon.delivery.email;

import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.impl.VertxWrapper;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.impl.NetSocketInternal;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Watches the connections to the mail server for what the client does not report: whether a mail without a reply can
 * have gone out, and how many connections work.
 */
class MailWire {

    private final Map<String, Underway> mails = new ConcurrentHashMap<>();
    private final AtomicInteger working = new AtomicInteger();

    /** A mail client that is made with this has its connections watched. */
    Vertx under(Vertx vertx) {
        return new Watching((VertxInternal) vertx);
    }

    Underway begins(String messageId) {
        var mail = new Underway();
        mails.put(messageId, mail);
        return mail;
    }

    /** The client has done with it. */
    void ended(String messageId, Underway mail) {
        mails.remove(messageId, mail);
    }

    /** How many connections there are on which the server has said hello. */
    int working() {
        return working.get();
    }

    void greeted() {
        working.incrementAndGet();
    }

    void lost() {
        working.decrementAndGet();
    }

    /** Whether the line that ends a mail may be written. */
    boolean handOver(@Nullable String messageId) {
        var mail = messageId == null ? null : mails.get(messageId);
        return mail != null && mail.handOver();
    }

    private NetSocket watched(NetSocket socket) {
        ((NetSocketInternal) socket)
                .channelHandlerContext()
                .pipeline()
                .addBefore("handler", "mails", new WatchedConnection(this));
        return socket;
    }

    private final class Watching extends VertxWrapper {

        Watching(VertxInternal vertx) {
            super(vertx);
        }

        @Override
        public NetClient createNetClient(NetClientOptions options) {
            return new WatchedClient(super.createNetClient(options), MailWire.this::watched);
        }
    }

    /**
     * One mail in flight to the mail server. The server takes the mail with the line that ends it (RFC 5321, 4.1.1.4).
     * Before that line nobody can have received it and we can still cancel; after it, only the server knows.
     */
    static final class Underway {

        private enum MailStage {
            OURS,
            GIVEN_UP,
            THE_SERVERS
        }

        private final AtomicReference<MailStage> stage = new AtomicReference<>(MailStage.OURS);

        /** Called just before the end of the mail is written. False if the mail was cancelled. */
        boolean handOver() {
            return stage.compareAndSet(MailStage.OURS, MailStage.THE_SERVERS);
        }

        /** Cancels the mail. False if its end was written already. */
        boolean giveUp() {
            return stage.compareAndSet(MailStage.OURS, MailStage.GIVEN_UP);
        }
    }
}
