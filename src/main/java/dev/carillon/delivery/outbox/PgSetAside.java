package dev.carillon.delivery.outbox;

import dev.carillon.delivery.LeasedDelivery;
import dev.carillon.platform.sql.PgColumns;
import dev.carillon.platform.sql.PgRows;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The SQL of set-aside deliveries: a queue for each destination whose circuit is open or that is at its limit, and a
 * list of these destinations. The cost of a claim depends on the number of these destinations, not on how much waits
 * for them.
 */
@ApplicationScoped
class PgSetAside {

    private static final PgColumns<DestinationKey> DESTINATION = PgColumns.<DestinationKey>of()
            .text("tenant", DestinationKey::tenant)
            .text("destination", DestinationKey::destination);

    private static final PgColumns<SetAsideUntil> ROOMS = DESTINATION
            .<SetAsideUntil>in(one -> one.listed().place())
            .integer("room", SetAsideUntil::room)
            .after(4);

    private static final PgColumns<SetAsideDelivery> LATE = PgColumns.<SetAsideDelivery>of()
            .text("id", one -> one.leased().delivery().id())
            .text("destination", one -> one.place().destination());

    private static final PgColumns<SetAsideDelivery> LATE_DESTINATIONS =
            DESTINATION.in(SetAsideDelivery::place).after(1);

    private static final PgColumns<Listed> VERSIONS =
            DESTINATION.in(Listed::place).bigint("version", Listed::version).after(1);

    static final String LISTED = """
            select tenant, destination, version from outbox_destination where channel = $1 and (tenant, destination) > ($2, $3) order by tenant, destination limit $4
            """;

    static final String CLAIM = """
            with picked as (
              select c.* from %s cross join lateral (
                select %s from outbox where channel = $1 and state = 3 and tenant = w.tenant and destination = w.destination
                order by priority, due_at, delivery_id limit w.room for update skip locked) c
              limit $2
            ), %s""".formatted(
                    ROOMS.unnest("w"), PgOutbox.PICKED, PgOutbox.leased("p.priority, p.delivery_id", "$3", "$4", ""));

    static final String SET_ASIDE = """
            with late as (select * from %s)
            update outbox o set state = 3, attempt = o.attempt - 1, destination = l.destination, lease_token = null, lease_until = null
            from late l where o.delivery_id = any(array(select id from late)) and o.delivery_id = l.id
            """.formatted(LATE.unnest("t"));

    /** Rows are locked in one order, so that two claims never deadlock. */
    static final String LIST = """
            insert into outbox_destination (channel, tenant, destination)
            select distinct $1, tenant, destination from %s order by 2, 3
            on conflict (channel, tenant, destination) do update set version = outbox_destination.version + 1
            """.formatted(LATE_DESTINATIONS.unnest("t"));

    /**
     * Removes only destinations that nothing was added to since they were read. A concurrent add holds the row, and is
     * not waited for. Each queue is read from its beginning: with a join, or without an order, the planner read
     * everything set aside for each of them.
     */
    static final String STRIKE = """
            delete from outbox_destination where ctid = any(array(
              select x.ctid from %s cross join lateral (
                select d.ctid from outbox_destination d where d.channel = $1 and d.tenant = t.tenant and d.destination = t.destination and d.version = t.version
                  and (select true from outbox o where o.channel = $1 and o.state = 3 and o.tenant = t.tenant and o.destination = t.destination
                       order by o.priority, o.due_at, o.delivery_id limit 1) is null
                limit 1 for update skip locked) x))
            """.formatted(VERSIONS.unnest("t"));

    /** A destination that has deliveries set aside. */
    record Listed(DestinationKey place, long version) {}

    /** A listed destination and how many of its deliveries may start. */
    record SetAsideUntil(Listed listed, int room) {}

    /** A delivery to set aside. */
    record SetAsideDelivery(LeasedDelivery leased, DestinationKey place) {}

    /** The next ones in the order of their names. */
    Uni<List<Listed>> listed(Tx tx, String channel, DestinationKey after, int limit) {
        return PgRows.of(tx, LISTED, channel, after.tenant(), after.destination(), limit)
                .list(row -> new Listed(
                        new DestinationKey(row.getString("tenant"), row.getString("destination")),
                        row.getLong("version")));
    }

    Uni<List<LeasedDelivery>> claim(
            Tx tx, String channel, List<SetAsideUntil> open, int limit, Instant now, Duration lease) {
        return PgRows.of(tx, CLAIM, ROOMS.of(open, channel, limit, now, now.plus(lease)))
                .rows()
                .map(rows -> PgOutbox.going(rows, now, lease));
    }

    Uni<Void> set(Tx tx, String channel, List<SetAsideDelivery> late) {
        return PgRows.of(tx, SET_ASIDE, LATE.of(late))
                .done()
                .chain(() ->
                        PgRows.of(tx, LIST, LATE_DESTINATIONS.of(late, channel)).done());
    }

    /** Takes those off the list that have nothing set aside any more. */
    Uni<Void> strike(Tx tx, String channel, List<Listed> listed) {
        return PgRows.of(tx, STRIKE, VERSIONS.of(listed, channel)).done();
    }
}
