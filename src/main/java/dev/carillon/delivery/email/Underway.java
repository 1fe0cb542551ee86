package dev.carillon.delivery.email;

import java.util.concurrent.atomic.AtomicReference;

/**
 * One mail on its way to the mail server. It is the server's with the line that ends it (RFC 5321, 4.1.1.4): before that nobody can have got
 * it, and we can still give it up; after it, nobody knows but the server.
 */
final class Underway {

    private enum MailStage {
        OURS,
        GIVEN_UP,
        THE_SERVERS
    }

    private final AtomicReference<MailStage> stage = new AtomicReference<>(MailStage.OURS);

    /** Just before its end is written; not when it was given up. */
    boolean handOver() {
        return stage.compareAndSet(MailStage.OURS, MailStage.THE_SERVERS);
    }

    /** From now on it cannot go out any more; not when its end was written already. */
    boolean giveUp() {
        return stage.compareAndSet(MailStage.OURS, MailStage.GIVEN_UP);
    }
}
