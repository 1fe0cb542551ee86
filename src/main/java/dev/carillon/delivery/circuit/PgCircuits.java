package dev.carillon.delivery.circuit;

import dev.carillon.delivery.circuit.Circuits.Key;
import dev.carillon.platform.sql.PgTimes;
import dev.carillon.platform.sql.PgTx;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What replicas tell each other of providers they leave alone, as SQL: there is a row only while there is trouble. */
@ApplicationScoped
class PgCircuits {

    private static final String OPEN = "select channel, provider, open_until, trips from circuit";

    private static final String OPENED = """
            insert into circuit (channel, provider, routes, opened_at, open_until, trips) values ($1, $2, $3, $4, $5, $6)
            on conflict (channel, provider) do update set routes = excluded.routes, open_until = greatest(circuit.open_until, excluded.open_until),
              trips = greatest(circuit.trips, excluded.trips), probe_until = null
            """;

    private static final String CLOSED = "delete from circuit where channel = $1 and provider = $2";

    /** Of several replicas one gets it. */
    private static final String TAKE_PROBE = """
            update circuit set probe_until = $4 where channel = $1 and provider = $2 and open_until <= $3 and (probe_until is null or probe_until <= $3)
            """;

    /** A provider that is left alone by all. */
    record Open(Key key, Instant until, int trips) {
    }

    Uni<List<Open>> open(Tx tx) {
        return PgTx.connection(tx).preparedQuery(OPEN).execute().map(rows -> {
            var open = new ArrayList<Open>(rows.size());
            rows.forEach(row -> open.add(new Open(new Key(row.getString("channel"), row.getString("provider")),
                    row.getOffsetDateTime("open_until").toInstant(), row.getShort("trips"))));
            return open;
        });
    }

    Uni<Void> opened(Tx tx, Key key, int routes, Instant until, int trips, Instant now) {
        return PgTx.connection(tx).preparedQuery(OPENED).execute(Tuple.of(key.channel(), key.provider(), (short) routes, PgTimes.at(now),
                PgTimes.at(until), (short) trips)).replaceWithVoid();
    }

    Uni<Void> closed(Tx tx, Key key) {
        return PgTx.connection(tx).preparedQuery(CLOSED).execute(Tuple.of(key.channel(), key.provider())).replaceWithVoid();
    }

    Uni<Boolean> takeProbe(Tx tx, Key key, Instant now, Instant until) {
        return PgTx.connection(tx).preparedQuery(TAKE_PROBE).execute(Tuple.of(key.channel(), key.provider(), PgTimes.at(now), PgTimes.at(until)))
                .map(rows -> rows.rowCount() > 0);
    }
}
