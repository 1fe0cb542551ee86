package dev.carillon.notification.recipient;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * Where a page of customers ended; opaque to callers.
 *
 * @param byId whether it is still among those found by their ids
 * @param key  what it was found by: its address, or the word of its name; of an id nothing
 * @param id   the customer
 */
record CustomerCursor(boolean byId, String key, String id) {

    /** Where the customers who are found by something else than their id begin. */
    static final CustomerCursor BEHIND_IDS = new CustomerCursor(false, "", "");

    private static final char BETWEEN = '\u001f';

    static Optional<CustomerCursor> parse(String text) {
        try {
            var parts = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8)
                    .split(String.valueOf(BETWEEN), -1);
            return parts.length == 3
                            && (parts[0].equals("i") || parts[0].equals("k"))
                            && parts[1].indexOf('\0') < 0
                            && parts[2].indexOf('\0') < 0
                    ? Optional.of(new CustomerCursor(parts[0].equals("i"), parts[1], parts[2]))
                    : Optional.empty();
        } catch (IllegalArgumentException none) {
            return Optional.empty();
        }
    }

    String text() {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(((byId ? "i" : "k") + BETWEEN + key + BETWEEN + id).getBytes(StandardCharsets.UTF_8));
    }
}
