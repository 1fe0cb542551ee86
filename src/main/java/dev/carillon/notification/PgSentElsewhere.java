package dev.carillon.notification;

import dev.carillon.notification.BacktestSends.SentElsewhere;
import dev.carillon.notification.decision.Door;
import dev.carillon.notification.decision.Gate;
import dev.carillon.notification.decision.Verdict;
import dev.carillon.notification.recipient.RecipientKey;
import dev.carillon.platform.sql.PgColumns;
import dev.carillon.platform.sql.PgRows;
import dev.carillon.platform.sql.PgTimes;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The SQL that reads what was sent to customers under their caps outside of a backtest. */
@ApplicationScoped
class PgSentElsewhere {

    private static final PgColumns<RecipientKey> CUSTOMERS = PgColumns.<RecipientKey>of()
            .text("tenant", RecipientKey::tenant)
            .text("customer_id", RecipientKey::customerId)
            .after(4);

    /** A decision says whether it counted, and is kept longer than the count. */
    private static final String SENT = """
            select w.n, d.judged_at, n.id
            from %s
            join notification n on n.tenant = w.tenant and n.customer_id = w.customer_id
            join decision d on d.id = n.id and d.decided_at = n.created_at
            where (n.door = $2 or n.created_at < $1) and d.verdict = any($3)
              and d.gates::jsonb @> jsonb_build_array(jsonb_build_object('name', $4::text, 'passed', true))
            order by d.judged_at, n.id
            """.formatted(CUSTOMERS.numbered("w"));

    /** For each recipient what was sent through door 2, or before a time, in order. */
    Uni<Map<RecipientKey, List<SentElsewhere>>> find(Tx tx, List<RecipientKey> customers, Instant before) {
        var sending = new String[] {Verdict.NOTIFY.wire(), Verdict.DEFER.wire()};
        var asked = CUSTOMERS.of(customers, before, Door.API_DRIVEN.wire(), sending, Gate.FREQUENCY_CAP.wire());
        return PgRows.of(tx, SENT, asked).rows().map(rows -> {
            var sent = new HashMap<RecipientKey, List<SentElsewhere>>();
            customers.forEach(customer -> sent.put(customer, new ArrayList<>()));
            rows.forEach(row -> sent.get(PgRows.asked(customers, row))
                    .add(new SentElsewhere(PgTimes.instant(row, "judged_at"), row.getString("id"))));
            return sent;
        });
    }
}
