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
    private final Map<BusinessKey, NotificationCommand> rung = new HashMap<>();

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
    String toldBy(NotificationCommand command) {
        var key = command.fact();
        var notifyBuilder =
                key == null ? null : rung.containsKey(key) ? rung.get(key).trackingId() : others.get(key);
        return command.trackingId().equals(notifyBuilder) ? null : notifyBuilder;
    }

    /** Records that the command is sent, so that its fact counts as sent. */
    void rang(NotificationCommand command) {
        if (command.fact() != null) {
            rung.putIfAbsent(command.fact(), command);
        }
    }

    /** Keys that were reserved without a send: they must not block a later command. */
    List<BusinessKey> untold() {
        return ours.keySet().stream().filter(key -> !rung.containsKey(key)).toList();
    }

    /** Commands that were sent under a key reserved in another command's name. */
    List<NotificationCommand> inAnothersName() {
        return rung.entrySet().stream()
                .filter(this::isReservedForAnother)
                .map(Entry::getValue)
                .toList();
    }

    private boolean isReservedForAnother(Entry<BusinessKey, NotificationCommand> told) {
        return ours.containsKey(told.getKey()) && !told.getValue().trackingId().equals(ours.get(told.getKey()));
    }
}
