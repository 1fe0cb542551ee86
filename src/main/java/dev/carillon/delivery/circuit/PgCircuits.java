package dev.carillon.delivery.circuit;

import dev.carillon.delivery.circuit.Circuits.CircuitKey;
import dev.carillon.platform.sql.PgRows;
import dev.carillon.platform.sql.PgTimes;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;

/** The SQL through which replicas share open circuits. There is a row only while a circuit is open. */
@ApplicationScoped
class PgCircuits {

    private static final String OPEN = "select channel, provider, destination, open_until, trips from circuit";

    /** Those of providers, and those of a tenant's destinations: their names begin with the tenant's, and {@code 0} comes after {@code /}. */
    static final String SHOWN = """
            select * from (
              (select * from circuit where destination = '' order by channel, provider)
              union all
              (select * from circuit where destination > $1 || '/' and destination < $1 || '0' order by destination limit $2)
            ) c order by destination, channel, provider
            """;

    private static final String OPENED = """
            insert into circuit (channel, provider, destination, routes, opened_at, open_until, trips) values ($1, $2, $3, $4, $5, $6, $7)
            on conflict (channel, provider, destination) do update set routes = excluded.routes, open_until = greatest(circuit.open_until, excluded.open_until),
              trips = greatest(circuit.trips, excluded.trips), probe_until = null
            """;

    private static final String CLOSED =
            "delete from circuit where channel = $1 and provider = $2 and destination = $3";

    /** Only one of several replicas gets the probe. */
    private static final String TAKE_PROBE = """
            update circuit set probe_until = $5
            where channel = $1 and provider = $2 and destination = $3 and open_until <= $4 and (probe_until is null or probe_until <= $4)
            """;

    /** Deletes circuits of destinations that get no deliveries any more: no probe would ever close them. */
    private static final String FORGET = "delete from circuit where destination <> '' and open_until < $1";

    /** An open circuit of a provider or a destination, as all replicas see it. */
    record OpenCircuit(CircuitKey key, Instant until, int trips) {}

    Uni<List<OpenCircuit>> open(Tx tx) {
        return PgRows.of(tx, OPEN)
                .list(row -> new OpenCircuit(
                        new CircuitKey(
                                row.getString("channel"), row.getString("provider"), row.getString("destination")),
                        PgTimes.instant(row, "open_until"),
                        row.getShort("trips")));
    }

    Uni<List<CircuitStatus>> shown(Tx tx, String tenant, int most, Instant now) {
        return PgRows.of(tx, SHOWN, tenant, most).list(row -> {
            var destination = row.getString("destination");
            var until = PgTimes.instant(row, "open_until");
            return new CircuitStatus(
                    row.getString("channel"),
                    row.getString("provider"),
                    destination.isEmpty() ? null : destination.substring(tenant.length() + 1),
                    now.isBefore(until),
                    PgTimes.instant(row, "opened_at"),
                    until,
                    row.getShort("trips"),
                    row.getShort("routes"));
        });
    }

    Uni<Void> opened(Tx tx, CircuitKey key, int routes, Instant until, int trips, Instant now) {
        return PgRows.of(
                        tx,
                        OPENED,
                        key.channel(),
                        key.provider(),
                        key.destination(),
                        (short) routes,
                        now,
                        until,
                        (short) trips)
                .done();
    }

    Uni<Void> closed(Tx tx, CircuitKey key) {
        return PgRows.of(tx, CLOSED, key.channel(), key.provider(), key.destination())
                .done();
    }

    Uni<Boolean> takeProbe(Tx tx, CircuitKey key, Instant now, Instant until) {
        return PgRows.of(tx, TAKE_PROBE, key.channel(), key.provider(), key.destination(), now, until)
                .any();
    }

    Uni<Void> forget(Tx tx, Instant before) {
        return PgRows.of(tx, FORGET, before).done();
    }
}
