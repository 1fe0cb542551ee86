package dev.carillon.notification.webhook;

import dev.carillon.platform.security.Encryption;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A webhook subscription to status changes.
 *
 * @param statuses     which ones; empty for all
 * @param types        of which types of notifications; empty for all
 * @param secret       encrypted, as it is kept
 * @param formerSecret encrypted, too; signs as well until {@code formerUntil}, so that the receiver can change over
 * @param failingSince since when nothing it was sent was taken; null while it answers
 */
record Subscription(
        String id,
        String tenant,
        String url,
        Set<String> statuses,
        Set<String> types,
        String secret,
        @Nullable String formerSecret,
        @Nullable Instant formerUntil,
        Instant createdAt,
        @Nullable Instant failingSince,
        @Nullable Instant disabledAt,
        @Nullable String disabledWhy) {

    boolean wants(String status, String type) {
        return (statuses.isEmpty() || statuses.contains(status)) && (types.isEmpty() || types.contains(type));
    }

    boolean active() {
        return disabledAt == null;
    }

    /** The current signing secrets in clear, newest first. */
    List<String> secretsAt(Instant now, Encryption encryption) {
        var kept = formerSecret == null || formerUntil == null || !now.isBefore(formerUntil)
                ? List.of(secret)
                : List.of(secret, formerSecret);
        return kept.stream().map(one -> encryption.decrypt(one, place(id))).toList();
    }

    /** The place that a subscription's secrets are encrypted for. */
    static String place(String id) {
        return "webhook/" + id;
    }

    /** No secret, and no address, which may hold one. */
    @Override
    public String toString() {
        return "Subscription[" + id + "]";
    }
}
