package dev.carillon.platform.jobs;

import dev.carillon.platform.sql.PgRows;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;

/** The SQL that deletes old data. */
@ApplicationScoped
class PgRetention {

    private static final String DROP_EVENTS = "select drop_events($1) as week";

    private static final String DROP_DELIVERIES = """
            select drop_weeks(parent, $1, deliveries_needed_since()) as week from unnest(array['delivery_report', 'attempt', 'delivery', 'notification']) as parent
            """;

    private static final String DROP_DECISIONS =
            "select drop_weeks('standalone_decision', $1, deliveries_needed_since()) as week";

    /** Old rows lie together at the front of the table, where the index by age looks. */
    private static final String FORGET = """
            delete from %1$s where ctid = any(array(select ctid from %1$s where %2$s < $1 limit $2))
            """;

    private static final String BY_AGE = "set local enable_bitmapscan = on";

    Uni<List<String>> dropEvents(Tx tx, Instant before) {
        return weeks(tx, DROP_EVENTS, before);
    }

    Uni<List<String>> dropDeliveries(Tx tx, Instant before) {
        return weeks(tx, DROP_DELIVERIES, before);
    }

    Uni<List<String>> dropDecisions(Tx tx, Instant before) {
        return weeks(tx, DROP_DECISIONS, before);
    }

    Uni<Integer> forgetDeadLetters(Tx tx, Instant before, int portion) {
        return forget(tx, "dead_letter", "dead_at", before, portion);
    }

    Uni<Integer> forgetBusinessKeys(Tx tx, Instant before, int portion) {
        return forget(tx, "business_key", "created_at", before, portion);
    }

    Uni<Integer> forgetSeenEvents(Tx tx, Instant before, int portion) {
        return forget(tx, "event_seen", "recorded_at", before, portion);
    }

    Uni<Integer> forgetInboxMessages(Tx tx, Instant before, int portion) {
        return forget(tx, "inbox_message", "arrived_at", before, portion);
    }

    private static Uni<List<String>> weeks(Tx tx, String drop, Instant before) {
        return PgRows.of(tx, drop, before).list(row -> row.getString("week"));
    }

    private static Uni<Integer> forget(Tx tx, String table, String column, Instant before, int portion) {
        return PgRows.of(tx, BY_AGE)
                .done()
                .chain(() -> PgRows.of(tx, FORGET.formatted(table, column), before, portion)
                        .count());
    }
}
