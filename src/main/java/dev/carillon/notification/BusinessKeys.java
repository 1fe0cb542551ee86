package dev.carillon.notification;

import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.List;
import java.util.Map;

/** One message per business fact: whoever reserves the key first tells it, whichever door they came through. */
@ApplicationScoped
class BusinessKeys {

    private final PgBusinessKeys store;

    BusinessKeys(PgBusinessKeys store) {
        this.store = store;
    }

    /**
     * Reserves the keys of the commands that have one. Waits for others that are reserving the same key now.
     *
     * @return tracking id → the notification that holds its key, only for those who came too late
     */
    Uni<Map<String, String>> reserve(Tx tx, List<NotificationCommand> commands) {
        var keyed = commands.stream().filter(command -> command.businessKey() != null).toList();
        return keyed.isEmpty() ? Uni.createFrom().item(Map.of()) : store.reserve(tx, keyed);
    }

    /** Gives back what {@code commands} reserved in this transaction. */
    Uni<Void> release(Tx tx, List<NotificationCommand> commands) {
        return commands.isEmpty() ? Uni.createFrom().voidItem() : store.release(tx, commands);
    }
}
