package dev.carillon.notification.unsubscribe;

import java.util.List;
import java.util.Optional;

/** What a customer unsubscribes from: one category on one channel. */
public record UnsubscribeTarget(String tenant, String customerId, String category, String channel) {

    private static final String SEPARATOR = "\n"; // no id has one

    String text() {
        return String.join(SEPARATOR, List.of(tenant, customerId, category, channel));
    }

    static Optional<UnsubscribeTarget> parse(String text) {
        var parts = text.split(SEPARATOR, -1);
        return parts.length == 4
                ? Optional.of(new UnsubscribeTarget(parts[0], parts[1], parts[2], parts[3]))
                : Optional.empty();
    }
}
