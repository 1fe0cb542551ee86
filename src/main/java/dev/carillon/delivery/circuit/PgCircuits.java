package dev.carillon.delivery.circuit;

import dev.carillon.delivery.circuit.Circuits.CircuitKey;
import dev.carillon.platform.sql.PgTimes;
import dev.carillon.platform.sql.PgTx;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The SQL through which replicas share open circuits. There is a row only while a circuit is open. */
@ApplicationScoped
class PgCircuits {

    private static final String OPEN = "select channel, provider, destination, open_until, trips from circuit";

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
        return PgTx.connection(tx).preparedQuery(OPEN).execute().map(rows -> {
            var open = new ArrayList<OpenCircuit>(rows.size());
            rows.forEach(row -> open.add(new OpenCircuit(
                    new CircuitKey(row.getString("channel"), row.getString("provider"), row.getString("destination")),
                    row.getOffsetDateTime("open_until").toInstant(),
                    row.getShort("trips"))));
            return open;
        });
    }

    Uni<Void> opened(Tx tx, CircuitKey key, int routes, Instant until, int trips, Instant now) {
        return PgTx.connection(tx)
                .preparedQuery(OPENED)
                .execute(Tuple.tuple()
                        .addString(key.channel())
                        .addString(key.provider())
                        .addString(key.destination())
                        .addShort((short) routes)
                        .addOffsetDateTime(PgTimes.at(now))
                        .addOffsetDateTime(PgTimes.at(until))
                        .addShort((short) trips))
                .replaceWithVoid();
    }

    Uni<Void> closed(Tx tx, CircuitKey key) {
        return PgTx.connection(tx)
                .preparedQuery(CLOSED)
                .execute(Tuple.of(key.channel(), key.provider(), key.destination()))
                .replaceWithVoid();
    }

    Uni<Boolean> takeProbe(Tx tx, CircuitKey key, Instant now, Instant until) {
        return PgTx.connection(tx)
                .preparedQuery(TAKE_PROBE)
                .execute(Tuple.of(key.channel(), key.provider(), key.destination(), PgTimes.at(now), PgTimes.at(until)))
                .map(rows -> rows.rowCount() > 0);
    }

    Uni<Void> forget(Tx tx, Instant before) {
        return PgTx.connection(tx)
                .preparedQuery(FORGET)
                .execute(Tuple.of(PgTimes.at(before)))
                .replaceWithVoid();
    }
}
