package dev.carillon.notification.tracking;

import dev.carillon.platform.id.Ids;
import dev.carillon.platform.sql.PgRows;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The SQL that lists notifications, newest first. It reads a bounded range of the index at a time, however long the
 * history is and however few match.
 */
@ApplicationScoped
class PgNotificationList {

    static final int STRETCH = 500;

    private static final String STRETCH_OF_ALL =
            "from notification n where n.tenant = $1 and n.id < $2 and n.created_at <= $3 and n.created_at >= $4 order by n.id desc limit "
                    + STRETCH;
    private static final String STRETCH_OF_CUSTOMER =
            STRETCH_OF_ALL.replace("n.tenant = $1", "n.tenant = $1 and n.customer_id = $5");

    private static final String END = "select min(id) as id, count(*) as n from (select n.id %s) s";

    private static final String FITTING = """
            with fitting as materialized (
              select * from notification n where n.tenant = $1 and n.id < $2 and n.id >= $3 and n.created_at between $4 and $5
                and ($6::text is null or n.customer_id = $6) and ($7::text is null or n.type = $7) and ($8::text is null or n.correlation_id = $8)
                and ($9::text is null or n.business_key = $9)
            )
            """ + PgTracking.COLUMNS + "from fitting n " + PgTracking.CHANNELS
            + "order by n.id desc, " + PgTracking.CHANNELS_FIRST_TO_LAST;

    private final PgTracking tracking;

    PgNotificationList(PgTracking tracking) {
        this.tracking = tracking;
    }

    /** Where a range ends, and whether there is more. */
    record PageEnd(String id, boolean more) {}

    /** Empty when nothing is left. */
    Uni<Optional<PageEnd>> end(Tx tx, String tenant, NotificationFilter filter, String before) {
        var since = filter.from() == null ? Instant.EPOCH : filter.from();
        var customer = filter.customerId();
        return (customer == null
                        ? PgRows.of(tx, END.formatted(STRETCH_OF_ALL), tenant, before, Ids.timeOf(before), since)
                        : PgRows.of(
                                tx,
                                END.formatted(STRETCH_OF_CUSTOMER),
                                tenant,
                                before,
                                Ids.timeOf(before),
                                since,
                                customer))
                .one(row -> Optional.ofNullable(row.getString("id"))
                        .map(id -> new PageEnd(id, row.getLong("n") == STRETCH)));
    }

    /**
     * Notifications from {@code end} (included) to {@code before} (excluded) that match, as far as their own row says.
     */
    Uni<List<NotificationView>> fitting(Tx tx, String tenant, NotificationFilter filter, String before, String end) {
        return PgRows.of(
                        tx,
                        FITTING,
                        tenant,
                        before,
                        end,
                        Ids.timeOf(end),
                        Ids.timeOf(before),
                        filter.customerId(),
                        filter.type(),
                        filter.correlationId(),
                        filter.businessKey())
                .rows()
                .map(tracking::views);
    }
}
