package dev.carillon.notification;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import org.jspecify.annotations.Nullable;

/**
 * Reserves business keys within one transaction. A key is reserved by the first command that has it, but belongs to the
 * first one that sends: a refused command must not silence the next one of its batch.
 */
final class Reservation {

    private final Map<BusinessKey, String> ours;
    private final Map<BusinessKey, String> others;
    private final Map<BusinessKey, NotificationCommand> sent = new HashMap<>();

    /**
     * @param ours   the keys reserved in this transaction, each with the notification it is reserved for
     * @param others the keys that were taken before, each with its notification
     */
    Reservation(Map<BusinessKey, String> ours, Map<BusinessKey, String> others) {
        this.ours = ours;
        this.others = others;
    }

    /**
     * The notification that was sent for the command's fact; null if there is none, if the command has no key, or if it
     * is the same notification.
     */
    @Nullable
    String duplicateOf(NotificationCommand command) {
        var key = command.fact();
        var holder = key == null ? null : sent.containsKey(key) ? sent.get(key).trackingId() : others.get(key);
        return command.trackingId().equals(holder) ? null : holder;
    }

    /** Records that the command is sent, so that its fact counts as sent. */
    void sent(NotificationCommand command) {
        if (command.fact() != null) {
            sent.putIfAbsent(command.fact(), command);
        }
    }

    /** Keys that were reserved without a send: they must not block a later command. */
    List<BusinessKey> unused() {
        return ours.keySet().stream().filter(key -> !sent.containsKey(key)).toList();
    }

    /** Commands that were sent under a key reserved in another command's name. */
    List<NotificationCommand> takenOver() {
        return sent.entrySet().stream()
                .filter(this::isReservedForAnother)
                .map(Entry::getValue)
                .toList();
    }

    private boolean isReservedForAnother(Entry<BusinessKey, NotificationCommand> entry) {
        return ours.containsKey(entry.getKey())
                && !entry.getValue().trackingId().equals(ours.get(entry.getKey()));
    }
}
