package dev.carillon.notification.erasure;

import dev.carillon.platform.sql.PgTimes;
import dev.carillon.platform.sql.PgTx;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The SQL of erasures, and of what is deleted at once. */
@ApplicationScoped
class PgErasures {

    /** Runs first: whoever writes for a known customer locks this row, and the erasure waits for them. */
    private static final String FORGET_CUSTOMER =
            "delete from customer where tenant = $1 and id = $2 returning version";

    private static final String FORGET_PREFERENCES =
            "delete from preference where tenant = $1 and customer_id = $2 returning version";

    private static final List<String> FORGET = List.of(
            "delete from customer_version where tenant = $1 and id = $2",
            "delete from preference_version where tenant = $1 and customer_id = $2");

    /**
     * The record that messages existed stays, for an attempt that is repeated; so does the last number, so that no
     * number is used twice.
     */
    private static final String EMPTY_INBOX = """
            update inbox_message set removed_at = $3, title = null, body = null, html = null
            where tenant = $1 and customer_id = $2 and removed_at is null
            """;

    /** Of what was not there. */
    private static final int NONE = 0;

    private static final String INSERT = """
            insert into erasure (tenant, customer_id, position, asked_at, leased_until, customer_version, preference_version) values ($1, $2, $3, $4, $5, $6, $7)
            """;

    private static final String CLAIM = """
            update erasure e set leased_until = $2 from (
              select tenant, customer_id, position from erasure where ended_at is null and leased_until <= $1
              order by leased_until limit 1 for update skip locked
            ) open
            where e.tenant = open.tenant and e.customer_id = open.customer_id and e.position = open.position
            returning e.tenant, e.customer_id, e.position, e.asked_at
            """;

    private static final String LEFT =
            "update erasure set leased_until = $4 where tenant = $1 and customer_id = $2 and position = $3";

    private static final String ENDED =
            "update erasure set ended_at = $4 where tenant = $1 and customer_id = $2 and position = $3";

    /** Whether there was anybody. The journal must be held. */
    Uni<Boolean> forget(Tx tx, Erasure erasure, Instant leasedUntil) {
        var connection = PgTx.connection(tx);
        var who = Tuple.of(erasure.tenant(), erasure.customerId());
        return version(connection.preparedQuery(FORGET_CUSTOMER).execute(who))
                .chain(last -> last == NONE
                        ? Uni.createFrom().item(false)
                        : version(connection.preparedQuery(FORGET_PREFERENCES).execute(who))
                                .call(() -> Multi.createFrom()
                                        .iterable(FORGET)
                                        .onItem()
                                        .transformToUniAndConcatenate(one ->
                                                connection.preparedQuery(one).execute(who))
                                        .collect()
                                        .last())
                                .call(() -> connection
                                        .preparedQuery(EMPTY_INBOX)
                                        .execute(Tuple.of(
                                                erasure.tenant(), erasure.customerId(), PgTimes.at(erasure.askedAt()))))
                                .call(lastSaid -> connection
                                        .preparedQuery(INSERT)
                                        .execute(Tuple.tuple()
                                                .addString(erasure.tenant())
                                                .addString(erasure.customerId())
                                                .addLong(erasure.position())
                                                .addOffsetDateTime(PgTimes.at(erasure.askedAt()))
                                                .addOffsetDateTime(PgTimes.at(leasedUntil))
                                                .addInteger(last)
                                                .addInteger(lastSaid)))
                                .replaceWith(true));
    }

    private static Uni<Integer> version(Uni<RowSet<Row>> deleted) {
        return deleted.map(
                rows -> rows.rowCount() == 0 ? NONE : rows.iterator().next().getInteger("version"));
    }

    Uni<Optional<Erasure>> claim(Tx tx, Instant now, Instant leasedUntil) {
        return PgTx.connection(tx)
                .preparedQuery(CLAIM)
                .execute(Tuple.of(PgTimes.at(now), PgTimes.at(leasedUntil)))
                .map(rows -> {
                    var claimed = rows.iterator();
                    if (!claimed.hasNext()) {
                        return Optional.empty();
                    }
                    var row = claimed.next();
                    return Optional.of(new Erasure(
                            row.getString("tenant"),
                            row.getString("customer_id"),
                            row.getLong("position"),
                            row.getOffsetDateTime("asked_at").toInstant()));
                });
    }

    Uni<Void> leftUntil(Tx tx, Erasure erasure, Instant until) {
        return set(tx, LEFT, erasure, until);
    }

    Uni<Void> ended(Tx tx, Erasure erasure, Instant at) {
        return set(tx, ENDED, erasure, at);
    }

    private static Uni<Void> set(Tx tx, String statement, Erasure erasure, Instant time) {
        return PgTx.connection(tx)
                .preparedQuery(statement)
                .execute(Tuple.of(erasure.tenant(), erasure.customerId(), erasure.position(), PgTimes.at(time)))
                .replaceWithVoid();
    }
}
