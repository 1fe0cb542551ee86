package dev.carillon.delivery.outbox;

import static dev.carillon.platform.sql.PgArrays.texts;
import static dev.carillon.platform.sql.PgArrays.times;

import dev.carillon.delivery.outbox.RecipientLimits.LimitedDelivery;
import dev.carillon.delivery.outbox.RecipientLimits.RecipientAddress;
import dev.carillon.delivery.outbox.RecipientLimits.RecipientAllowance;
import dev.carillon.platform.sql.PgTimes;
import dev.carillon.platform.sql.PgTx;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The SQL of recipient limits: one row for each address, stored as a digest. */
@ApplicationScoped
class PgRecipientLimits {

    /** Rows are locked in one order, so that two claims never deadlock. */
    private static final String COUNT = """
            with asked as (
              select tenant, recipient, sha256(convert_to(recipient, 'UTF8')) as digest, count(*)::int as wanted
              from unnest($2::text[], $3::text[]) as t(tenant, recipient) group by tenant, recipient order by tenant, digest
            ), counted as (
              insert into recipient_count as r (tenant, channel, recipient, since, until, sent, let)
              select tenant, $1, digest, $5, $6, least(wanted, $4::int), least(wanted, $4::int) from asked
              on conflict (tenant, channel, recipient) do update set
                since = case when r.until <= $5 then excluded.since else r.since end,
                until = case when r.until <= $5 then excluded.until else r.until end,
                sent = case when r.until <= $5 then excluded.sent else greatest(r.sent, least($4::int, r.sent + excluded.sent)) end,
                let = case when r.until <= $5 then excluded.let else greatest(0, least(excluded.let, $4::int - r.sent)) end
              returning tenant, recipient, let, since
            )
            select a.tenant, a.recipient, c.let, c.since from asked a join counted c on c.tenant = a.tenant and c.recipient = a.digest
            """;

    private static final String PUT_BACK = """
            update outbox o set state = 0, attempt = o.attempt - 1, due_at = l.until, hold_reason = 'RATE_LIMITED', lease_token = null, lease_until = null
            from unnest($1::text[], $2::timestamptz[]) as l(id, until) where o.delivery_id = l.id
            """;

    private static final String FORGET = """
            delete from recipient_count where ctid = any(array(
              select ctid from recipient_count where until < $1 order by until limit $2 for update skip locked))
            """;

    Uni<Map<RecipientAddress, RecipientAllowance>> count(
            Tx tx, String channel, List<RecipientAddress> recipients, int most, Instant now, Duration per) {
        return PgTx.connection(tx)
                .preparedQuery(COUNT)
                .execute(Tuple.of(
                        channel,
                        texts(recipients, RecipientAddress::tenant),
                        texts(recipients, RecipientAddress::address),
                        most,
                        PgTimes.at(now),
                        PgTimes.at(now.plus(per))))
                .map(rows -> {
                    var allowed = new HashMap<RecipientAddress, RecipientAllowance>();
                    rows.forEach(row -> allowed.put(
                            new RecipientAddress(row.getString("tenant"), row.getString("recipient")),
                            new RecipientAllowance(
                                    row.getInteger("let"),
                                    row.getOffsetDateTime("since").toInstant())));
                    return allowed;
                });
    }

    Uni<Void> putBack(Tx tx, List<LimitedDelivery> late) {
        return late.isEmpty()
                ? Uni.createFrom().voidItem()
                : PgTx.connection(tx)
                        .preparedQuery(PUT_BACK)
                        .execute(Tuple.of(
                                texts(late, one -> one.leased().delivery().id()), times(late, LimitedDelivery::until)))
                        .replaceWithVoid();
    }

    Uni<Integer> forget(Tx tx, Instant now, int portion) {
        return PgTx.connection(tx)
                .preparedQuery(FORGET)
                .execute(Tuple.of(PgTimes.at(now), portion))
                .map(rows -> rows.rowCount());
    }
}
