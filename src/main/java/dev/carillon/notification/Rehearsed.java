package dev.carillon.notification;

import dev.carillon.notification.tracking.Reason;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Map;

/**
 * What would have become of a command.
 *
 * @param reason why nobody would have been told; null when somebody would
 * @param until  when somebody would, where it is held until then
 * @param words  channel → what would have been said there
 */
public record Rehearsed(NotificationCommand command, @Nullable Reason reason, @Nullable Instant until, Map<String, Words> words) {

    /** What is said on one channel; the subject only where the channel has one. */
    @RegisterForReflection
    public record Words(@Nullable String subject, String text) {
    }
}
