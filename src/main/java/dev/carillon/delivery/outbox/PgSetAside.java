package dev.carillon.delivery.outbox;

import static dev.carillon.platform.sql.PgArrays.texts;

import dev.carillon.delivery.LeasedDelivery;
import dev.carillon.platform.sql.PgTimes;
import dev.carillon.platform.sql.PgTx;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The SQL of set-aside deliveries: a queue for each destination whose circuit is open or that is at its limit, and a
 * list of these destinations. The cost of a claim depends on the number of these destinations, not on how much waits
 * for them.
 */
@ApplicationScoped
class PgSetAside {

    static final String LISTED = """
            select tenant, destination, version from outbox_destination where channel = $1 and (tenant, destination) > ($2, $3) order by tenant, destination limit $4
            """;

    static final String CLAIM = """
            with picked as (
              select c.delivery_id from unnest($2::text[], $3::text[], $4::int[]) as w(tenant, destination, room) cross join lateral (
                select delivery_id from outbox where channel = $1 and state = 3 and tenant = w.tenant and destination = w.destination
                order by priority, due_at, delivery_id limit w.room for update skip locked) c
              limit $5
            ), leased as (
              %s
            )
            select %s
            from leased l %s
            window c as (order by l.priority, d.id)
            order by l.priority, d.id
            """.formatted(PgOutbox.leasing("$7"), PgOutbox.delivery("$6"), PgOutbox.DELIVERY);

    static final String SET_ASIDE = """
            update outbox o set state = 3, attempt = o.attempt - 1, destination = l.destination, lease_token = null, lease_until = null
            from unnest($1::text[], $2::text[]) as l(id, destination) where o.delivery_id = l.id
            """;

    /** Rows are locked in one order, so that two claims never deadlock. */
    static final String LIST = """
            insert into outbox_destination (channel, tenant, destination)
            select distinct $1, tenant, destination from unnest($2::text[], $3::text[]) as t(tenant, destination) order by 2, 3
            on conflict (channel, tenant, destination) do update set version = outbox_destination.version + 1
            """;

    /**
     * Removes only destinations that nothing was added to since they were read. A concurrent add holds the row, and is
     * not waited for. Each queue is read from its beginning: with a join, or without an order, the planner read
     * everything set aside for each of them.
     */
    static final String STRIKE = """
            delete from outbox_destination where ctid = any(array(
              select x.ctid from unnest($2::text[], $3::text[], $4::bigint[]) as t(tenant, destination, version) cross join lateral (
                select d.ctid from outbox_destination d where d.channel = $1 and d.tenant = t.tenant and d.destination = t.destination and d.version = t.version
                  and (select true from outbox o where o.channel = $1 and o.state = 3 and o.tenant = t.tenant and o.destination = t.destination
                       order by o.priority, o.due_at, o.delivery_id limit 1) is null
                limit 1 for update skip locked) x))
            """;

    private final PgOutbox outbox;

    PgSetAside(PgOutbox outbox) {
        this.outbox = outbox;
    }

    /** A destination that has deliveries set aside. */
    record Listed(DestinationKey place, long version) {}

    /** A listed destination and how many of its deliveries may start. */
    record SetAsideUntil(Listed listed, int room) {}

    /** A delivery to set aside. */
    record SetAsideDelivery(LeasedDelivery leased, DestinationKey place) {}

    /** The next ones in the order of their names. */
    Uni<List<Listed>> listed(Tx tx, String channel, DestinationKey after, int limit) {
        return PgTx.connection(tx)
                .preparedQuery(LISTED)
                .execute(Tuple.of(channel, after.tenant(), after.destination(), limit))
                .map(rows -> {
                    var listed = new ArrayList<Listed>(rows.size());
                    rows.forEach(row -> listed.add(new Listed(
                            new DestinationKey(row.getString("tenant"), row.getString("destination")),
                            row.getLong("version"))));
                    return listed;
                });
    }

    Uni<List<LeasedDelivery>> claim(
            Tx tx, String channel, List<SetAsideUntil> open, int limit, Instant now, Duration lease) {
        return PgTx.connection(tx)
                .preparedQuery(CLAIM)
                .execute(Tuple.tuple()
                        .addString(channel)
                        .addArrayOfString(
                                texts(open, one -> one.listed().place().tenant()))
                        .addArrayOfString(
                                texts(open, one -> one.listed().place().destination()))
                        .addArrayOfInteger(
                                open.stream().map(SetAsideUntil::room).toArray(Integer[]::new))
                        .addInteger(limit)
                        .addOffsetDateTime(PgTimes.at(now))
                        .addOffsetDateTime(PgTimes.at(now.plus(lease))))
                .chain(rows -> outbox.sorted(tx, rows).replaceWith(() -> PgOutbox.going(rows, now, lease)));
    }

    Uni<Void> set(Tx tx, String channel, List<SetAsideDelivery> late) {
        var connection = PgTx.connection(tx);
        return connection
                .preparedQuery(SET_ASIDE)
                .execute(Tuple.of(
                        texts(late, one -> one.leased().delivery().id()),
                        texts(late, one -> one.place().destination())))
                .chain(() -> connection
                        .preparedQuery(LIST)
                        .execute(Tuple.of(
                                channel,
                                texts(late, one -> one.place().tenant()),
                                texts(late, one -> one.place().destination()))))
                .replaceWithVoid();
    }

    /** Takes those off the list that have nothing set aside any more. */
    Uni<Void> strike(Tx tx, String channel, List<Listed> listed) {
        return listed.isEmpty()
                ? Uni.createFrom().voidItem()
                : PgTx.connection(tx)
                        .preparedQuery(STRIKE)
                        .execute(Tuple.of(
                                channel,
                                texts(listed, one -> one.place().tenant()),
                                texts(listed, one -> one.place().destination()),
                                listed.stream().map(Listed::version).toArray(Long[]::new)))
                        .replaceWithVoid();
    }
}
