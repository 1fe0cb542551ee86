package dev.carillon.notification;

import dev.carillon.notification.BacktestSends.SentElsewhere;
import dev.carillon.notification.decision.Door;
import dev.carillon.notification.decision.Gate;
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
            .after(3);

    /** Its gates say whether it counted, for what is sent has passed them; they are kept longer than the count. */
    private static final String SENT = """
            select w.n, n.judged_at, n.id
            from %s
            join notification n on n.tenant = w.tenant and n.customer_id = w.customer_id
            where (n.door = $2 or n.created_at < $1) and n.reason is null
              and exists (select from json_array_elements(n.gates) g where g ->> 0 = $3)
            order by n.judged_at, n.id
            """.formatted(CUSTOMERS.numbered("w"));

    /** For each recipient what was sent through door 2, or before a time, in order. */
    Uni<Map<RecipientKey, List<SentElsewhere>>> find(Tx tx, List<RecipientKey> customers, Instant before) {
        var asked = CUSTOMERS.of(customers, before, Door.API_DRIVEN.wire(), Gate.FREQUENCY_CAP.wire());
        return PgRows.of(tx, SENT, asked).rows().map(rows -> {
            var sent = new HashMap<RecipientKey, List<SentElsewhere>>();
            customers.forEach(customer -> sent.put(customer, new ArrayList<>()));
            rows.forEach(row -> sent.get(PgRows.asked(customers, row))
                    .add(new SentElsewhere(PgTimes.instant(row, "judged_at"), row.getString("id"))));
            return sent;
        });
    }
}
