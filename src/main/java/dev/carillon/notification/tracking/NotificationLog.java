package dev.carillon.notification.tracking;

import dev.carillon.notification.decision.RuleDecision;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Records every notification and every decision, including refusals. */
@ApplicationScoped
public class NotificationLog {

    private final PgNotificationLog store;
    private final PgReviews reviews;

    NotificationLog(PgNotificationLog store, PgReviews reviews) {
        this.store = store;
        this.reviews = reviews;
    }

    public Uni<Void> record(Tx tx, List<NotificationRecord> notifications) {
        return notifications.isEmpty() ? Uni.createFrom().voidItem() : store.insert(tx, notifications);
    }

    public Uni<Void> recordDecided(Tx tx, List<RuleDecision> decided) {
        return decided.isEmpty() ? Uni.createFrom().voidItem() : store.insertDecided(tx, decided);
    }

    /** The types of notifications, by id. */
    public Uni<Map<String, String>> types(Tx tx, Collection<String> notifications) {
        return reviews.types(tx, notifications);
    }

    /** Records the re-evaluation of held notifications. */
    public Uni<Void> recordReviewed(Tx tx, List<Review> reviewed) {
        return reviewed.isEmpty() ? Uni.createFrom().voidItem() : reviews.insert(tx, reviewed);
    }
}
