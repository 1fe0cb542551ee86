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
     * @param others the keys that were taken before, each with the notification that told it
     */
    Reservation(Map<BusinessKey, String> ours, Map<BusinessKey, String> others) {
        this.ours = ours;
        this.others = others;
    }

    /** The notification that told the command's fact; null when nobody has, or it has no key, or it is the same notification. */
    @Nullable
    String toldBy(NotificationCommand command) {
        var key = command.fact();
        var notifyBuilder =
                key == null ? null : rung.containsKey(key) ? rung.get(key).trackingId() : others.get(key);
        return command.trackingId().equals(notifyBuilder) ? null : notifyBuilder;
    }

    /** The command goes out, so that its fact is told. */
    void rang(NotificationCommand command) {
        if (command.fact() != null) {
            rung.putIfAbsent(command.fact(), command);
        }
    }

    /** What was reserved and told by nobody: it must not block the one who is told later. */
    List<BusinessKey> untold() {
        return ours.keySet().stream().filter(key -> !rung.containsKey(key)).toList();
    }

    /** Those who told a fact that is reserved in another's name. */
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
