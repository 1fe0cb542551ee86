package dev.carillon.notification.tracking;

import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.List;

/** Writes down every notification and every decision, the ones that say no included. */
@ApplicationScoped
public class NotificationLog {

    private final PgNotificationLog store;

    NotificationLog(PgNotificationLog store) {
        this.store = store;
    }

    public Uni<Void> record(Tx tx, List<NotificationRecord> notifications) {
        return notifications.isEmpty() ? Uni.createFrom().voidItem() : store.insert(tx, notifications);
    }

    public Uni<Void> recordDecided(Tx tx, List<RuleDecision> decided) {
        return decided.isEmpty() ? Uni.createFrom().voidItem() : store.insertDecided(tx, decided);
    }
}
