package dev.carillon.delivery.outbox;

import dev.carillon.delivery.LeasedDelivery;
import dev.carillon.platform.sql.PgColumns;
import dev.carillon.platform.sql.PgRows;
import dev.carillon.platform.sql.PgTimes;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The SQL of recipient limits: one row for each address, stored as a digest. */
@ApplicationScoped
class PgRecipientLimits {

    /** An address of a tenant. */
    record RecipientAddress(String tenant, String address) {}

    /** How many may go now, and since when they are counted. */
    record RecipientAllowance(int let, Instant since) {}

    /** A delivery over the limit, and until when it waits. */
    record LimitedDelivery(LeasedDelivery leased, Instant until) {}

    private static final PgColumns<RecipientAddress> RECIPIENTS = PgColumns.<RecipientAddress>of()
            .text("tenant", RecipientAddress::tenant)
            .text("recipient", RecipientAddress::address)
            .after(4);

    private static final PgColumns<LimitedDelivery> LATE = PgColumns.<LimitedDelivery>of()
            .text("id", one -> one.leased().delivery().id())
            .time("until", LimitedDelivery::until);

    /** Rows are locked in one order, so that two claims never deadlock. */
    private static final String COUNT = """
            with asked as (
              select tenant, recipient, sha256(convert_to(recipient, 'UTF8')) as digest, count(*)::int as wanted
              from %s group by tenant, recipient order by tenant, digest
            ), counted as (
              insert into recipient_count as r (tenant, channel, recipient, since, until, sent, let)
              select tenant, $1, digest, $3, $4, least(wanted, $2::int), least(wanted, $2::int) from asked
              on conflict (tenant, channel, recipient) do update set
                since = case when r.until <= $3 then excluded.since else r.since end,
                until = case when r.until <= $3 then excluded.until else r.until end,
                sent = case when r.until <= $3 then excluded.sent else greatest(r.sent, least($2::int, r.sent + excluded.sent)) end,
                let = case when r.until <= $3 then excluded.let else greatest(0, least(excluded.let, $2::int - r.sent)) end
              returning tenant, recipient, let, since
            )
            select a.tenant, a.recipient, c.let, c.since from asked a join counted c on c.tenant = a.tenant and c.recipient = a.digest
            """.formatted(RECIPIENTS.unnest("t"));

    private static final String PUT_BACK = """
            with late as (select * from %s)
            update outbox o set state = 0, attempt = o.attempt - 1, due_at = l.until, hold_reason = 'RATE_LIMITED', lease_token = null, lease_until = null
            from late l where o.delivery_id = any(array(select id from late)) and o.delivery_id = l.id
            """.formatted(LATE.unnest("t"));

    private static final String FORGET = """
            delete from recipient_count where ctid = any(array(
              select ctid from recipient_count where until < $1 order by until limit $2 for update skip locked))
            """;

    Uni<Map<RecipientAddress, RecipientAllowance>> count(
            Tx tx, String channel, List<RecipientAddress> recipients, int most, Instant now, Duration per) {
        return PgRows.of(tx, COUNT, RECIPIENTS.of(recipients, channel, most, now, now.plus(per)))
                .map(
                        row -> new RecipientAddress(row.getString("tenant"), row.getString("recipient")),
                        row -> new RecipientAllowance(row.getInteger("let"), PgTimes.instant(row, "since")));
    }

    Uni<Void> putBack(Tx tx, List<LimitedDelivery> late) {
        return PgRows.of(tx, PUT_BACK, LATE.of(late)).done();
    }

    Uni<Integer> forget(Tx tx, Instant now, int portion) {
        return PgRows.of(tx, FORGET, now, portion).count();
    }
}
