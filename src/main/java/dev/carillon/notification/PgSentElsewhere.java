package dev.carillon.notification;

import static dev.carillon.platform.sql.PgArrays.texts;

import dev.carillon.notification.BacktestSends.SentElsewhere;
import dev.carillon.notification.decision.Door;
import dev.carillon.notification.decision.Gate;
import dev.carillon.notification.decision.Verdict;
import dev.carillon.notification.recipient.Recipient;
import dev.carillon.platform.sql.PgTimes;
import dev.carillon.platform.sql.PgTx;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The SQL that reads what was sent to customers under their caps outside of a backtest. */
@ApplicationScoped
class PgSentElsewhere {

    /** A decision says whether it counted, and is kept longer than the count. */
    private static final String SENT = """
            select w.n, d.judged_at, n.id
            from unnest($1::text[], $2::text[]) with ordinality as w(tenant, customer_id, n)
            join notification n on n.tenant = w.tenant and n.customer_id = w.customer_id
            join decision d on d.id = n.id and d.decided_at = n.created_at
            where (n.door = $4 or n.created_at < $3) and d.verdict = any($5)
              and d.gates::jsonb @> jsonb_build_array(jsonb_build_object('name', $6::text, 'passed', true))
            order by d.judged_at, n.id
            """;

    /** For each recipient what was sent through door 2, or before a time, in order. */
    Uni<Map<Recipient.RecipientKey, List<SentElsewhere>>> find(
            Tx tx, List<Recipient.RecipientKey> customers, Instant before) {
        return PgTx.connection(tx)
                .preparedQuery(SENT)
                .execute(Tuple.of(
                        texts(customers, Recipient.RecipientKey::tenant),
                        texts(customers, Recipient.RecipientKey::customerId),
                        PgTimes.at(before),
                        Door.API_DRIVEN.wire(),
                        new String[] {Verdict.NOTIFY.wire(), Verdict.DEFER.wire()},
                        Gate.FREQUENCY_CAP.wire()))
                .map(rows -> {
                    var sent = new HashMap<Recipient.RecipientKey, List<SentElsewhere>>();
                    customers.forEach(customer -> sent.put(customer, new ArrayList<>()));
                    rows.forEach(row -> sent.get(customers.get((int) (row.getLong("n") - 1)))
                            .add(new SentElsewhere(
                                    row.getOffsetDateTime("judged_at").toInstant(), row.getString("id"))));
                    return sent;
                });
    }
}
