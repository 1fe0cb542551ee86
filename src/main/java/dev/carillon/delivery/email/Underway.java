package dev.carillon.delivery.email;

import java.util.concurrent.atomic.AtomicReference;

/**
 * One mail in flight to the mail server. The server takes the mail with the line that ends it (RFC 5321, 4.1.1.4).
 * Before that line nobody can have received it and we can still cancel; after it, only the server knows.
 */
final class Underway {

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
