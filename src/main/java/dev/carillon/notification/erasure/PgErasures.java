package dev.carillon.notification.erasure;

import dev.carillon.platform.sql.PgRows;
import dev.carillon.platform.sql.PgTimes;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
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
        return version(tx, FORGET_CUSTOMER, erasure)
                .chain(last -> last == NONE
                        ? Uni.createFrom().item(false)
                        : version(tx, FORGET_PREFERENCES, erasure)
                                .call(() -> forgetRest(tx, erasure))
                                .call(lastSaid -> PgRows.of(
                                                tx,
                                                INSERT,
                                                erasure.tenant(),
                                                erasure.customerId(),
                                                erasure.position(),
                                                erasure.askedAt(),
                                                leasedUntil,
                                                last,
                                                lastSaid)
                                        .done())
                                .replaceWith(true));
    }

    private static Uni<Void> forgetRest(Tx tx, Erasure erasure) {
        return Multi.createFrom()
                .iterable(FORGET)
                .onItem()
                .transformToUniAndConcatenate(one -> PgRows.of(tx, one, erasure.tenant(), erasure.customerId())
                        .done())
                .collect()
                .last()
                .chain(() -> PgRows.of(tx, EMPTY_INBOX, erasure.tenant(), erasure.customerId(), erasure.askedAt())
                        .done());
    }

    private static Uni<Integer> version(Tx tx, String delete, Erasure erasure) {
        return PgRows.of(tx, delete, erasure.tenant(), erasure.customerId())
                .first(row -> row.getInteger("version"))
                .map(version -> version.orElse(NONE));
    }

    Uni<Optional<Erasure>> claim(Tx tx, Instant now, Instant leasedUntil) {
        return PgRows.of(tx, CLAIM, now, leasedUntil)
                .first(row -> new Erasure(
                        row.getString("tenant"),
                        row.getString("customer_id"),
                        row.getLong("position"),
                        PgTimes.instant(row, "asked_at")));
    }

    Uni<Void> leftUntil(Tx tx, Erasure erasure, Instant until) {
        return set(tx, LEFT, erasure, until);
    }

    Uni<Void> ended(Tx tx, Erasure erasure, Instant at) {
        return set(tx, ENDED, erasure, at);
    }

    private static Uni<Void> set(Tx tx, String statement, Erasure erasure, Instant time) {
        return PgRows.of(tx, statement, erasure.tenant(), erasure.customerId(), erasure.position(), time)
                .done();
    }
}
