package dev.carillon.notification.inbox;

import java.util.Optional;

/** An inbox message's number in the form the API shows. */
final class MessageId {

    /** No message is called so. */
    static final long NONE = 0;

    private MessageId() {}

    /** Empty for what is no such number. */
    static Optional<Long> parse(String text) {
        try {
            return Optional.of(Long.parseLong(text)).filter(id -> id >= 0);
        } catch (NumberFormatException none) {
            return Optional.empty();
        }
    }
}
