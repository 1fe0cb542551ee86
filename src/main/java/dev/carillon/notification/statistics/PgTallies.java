package dev.carillon.notification.statistics;

import dev.carillon.delivery.DeliveryListener.Moved;
import dev.carillon.delivery.FailureKind;
import dev.carillon.notification.decision.Reason;
import dev.carillon.platform.sql.PgColumns;
import dev.carillon.platform.sql.PgRows;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The SQL that counts notifications in the statement that writes them, and deliveries in the one that moves them. */
@ApplicationScoped
public class PgTallies {

    /** Counts the rows of {@code decided}: each in the minute of its notification. */
    public static final String COUNT_DECIDED = """
            insert into tally (tenant, minute, type, channel, provider, status, reason, count)
            select tenant, date_trunc('minute', created_at), type, '', '',
                   case when reason is null then 'accepted' else 'suppressed' end, coalesce(reason, ''), count(*)
            from decided group by 1, 2, 3, 6, 7""";

    /** Counts the rows of {@code moved} in the minute of {@code $1}. Those of no type are of no notification. */
    static final String COUNT_MOVED = """
            insert into tally (tenant, minute, type, channel, provider, status, reason, count)
            select tenant, date_trunc('minute', $1::timestamptz), type, channel, provider,
                   case outcome when 'retry' then 'retried' when 'dead' then 'dead-lettered' else outcome end,
                   case outcome when 'dead' then coalesce(case failure %s end, '') when 'expired' then '%s' else '' end, count(*)
            from moved where type is not null group by 1, 3, 4, 5, 6, 7""".formatted(reasons(), Reason.EXPIRED);

    private static final PgColumns<Moved> MOVED = PgColumns.<Moved>of()
            .text("tenant", Moved::tenant)
            .text("type", Moved::type)
            .text("channel", Moved::channel)
            .text("provider", Moved::provider)
            .text("outcome", Moved::outcome)
            .text("failure", Moved::failure)
            .after(1);

    private static final String COUNT = "with moved as (select * from %s) %s".formatted(MOVED.unnest("t"), COUNT_MOVED);

    Uni<Void> count(Tx tx, List<Moved> moved, Instant now) {
        return PgRows.of(tx, COUNT, MOVED.of(moved, now)).done();
    }

    private static String reasons() {
        return Arrays.stream(FailureKind.values())
                .map(failure -> "when '%s' then '%s'".formatted(failure, Reason.of(failure)))
                .collect(Collectors.joining(" "));
    }
}
