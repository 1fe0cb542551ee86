package dev.carillon.notification.recipient;

import dev.carillon.platform.sql.PgRows;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The SQL that finds customers. Each statement reads a stretch of one index, however many customers there are. */
@ApplicationScoped
class PgCustomerSearch {

    /** How many customers with the first word are looked at for the others. */
    static final int STRETCH = 2_000;

    /** Behind everything that begins like a text. */
    private static final String END = "\udbff\udfff";

    private static final String FOUND = "c.id, c.name, c.email, c.phone, c.segment";

    static final String BY_ID = """
            select %s, ''::text as key from customer c
            where c.tenant = $1 and c.id >= $2 and c.id < $3 and c.id > $4 order by c.id limit $5
            """.formatted(FOUND);

    private static final String BY_ADDRESS = """
            select %1$s, %2$s as key from customer c
            where c.tenant = $1 and c.%3$s is not null and %2$s >= $2 and %2$s < $3 and (%2$s, c.id) > ($4, $5) and not (c.id >= $7 and c.id < $8)
            order by %2$s, c.id limit $6
            """;

    static final String BY_EMAIL = BY_ADDRESS.formatted(FOUND, "(lower(c.email) collate \"C\")", "email");

    static final String BY_PHONE = BY_ADDRESS.formatted(FOUND, "(c.phone collate \"C\")", "phone");

    /** Of several words that begin like the first one only the least counts, so that nobody is found twice. */
    static final String BY_NAME = """
            with stretch as materialized (
              select w.word, w.customer_id from customer_word w
              where w.tenant = $1 and w.word >= folded($2) and w.word < folded($2) || $3 and (w.word, w.customer_id) > ($4, $5)
              order by w.word, w.customer_id limit $6
            ), fitting as (
              select s.word, s.customer_id, c.name, c.email, c.phone, c.segment, c.id from stretch s join customer c on c.tenant = $1 and c.id = s.customer_id
              where not (c.id >= $7 and c.id < $8)
                and not exists (select from customer_word o where o.tenant = $1 and o.customer_id = s.customer_id and o.word >= folded($2) and o.word < s.word)
                and not exists (
                  select from unnest($9::text[]) m(word) where not exists (
                    select from customer_word o where o.tenant = $1 and o.customer_id = s.customer_id and o.word >= folded(m.word) and o.word < folded(m.word) || $3))
            )
            (select true as hit, f.id, f.name, f.email, f.phone, f.segment, f.word as key, 0 as n from fitting f order by f.word, f.customer_id limit $10)
            union all
            (select false, s.customer_id, null, null, null, null, s.word, count(*) over () from stretch s order by s.word desc, s.customer_id desc limit 1)
            """;

    /** A customer and what it was found by. */
    record FoundBy(FoundCustomer customer, CustomerCursor cursor) {}

    /** @param end where the stretch ended that was looked at; null if there is no more behind it */
    record FoundByName(List<FoundBy> hits, @Nullable CustomerCursor end) {}

    Uni<List<FoundBy>> byId(Tx tx, String tenant, CustomerQuery query, String after, int limit) {
        return PgRows.of(tx, BY_ID, tenant, query.text(), query.text() + END, after, limit)
                .list(row -> hit(row, true));
    }

    Uni<List<FoundBy>> byAddress(Tx tx, String tenant, CustomerQuery query, CustomerCursor after, int limit) {
        var key = query.keys().get(0);
        return PgRows.of(
                        tx,
                        query.kind() == CustomerQuery.SearchedBy.EMAIL ? BY_EMAIL : BY_PHONE,
                        tenant,
                        key,
                        key + END,
                        after.key(),
                        after.id(),
                        limit,
                        query.text(),
                        query.text() + END)
                .list(row -> hit(row, false));
    }

    Uni<FoundByName> byName(Tx tx, String tenant, CustomerQuery query, CustomerCursor after, int limit) {
        var words = query.keys();
        return PgRows.of(
                        tx,
                        BY_NAME,
                        tenant,
                        words.get(0),
                        END,
                        after.key(),
                        after.id(),
                        STRETCH,
                        query.text(),
                        query.text() + END,
                        words.subList(1, words.size()).toArray(String[]::new),
                        limit)
                .rows()
                .map(rows -> {
                    var hits = rows.stream()
                            .filter(row -> row.getBoolean("hit"))
                            .map(row -> hit(row, false))
                            .toList();
                    var end = rows.stream()
                            .filter(row -> !row.getBoolean("hit") && row.getLong("n") == STRETCH)
                            .map(row -> new CustomerCursor(false, row.getString("key"), row.getString("id")))
                            .findFirst()
                            .orElse(null);
                    return new FoundByName(hits, end);
                });
    }

    private static FoundBy hit(Row row, boolean byId) {
        return new FoundBy(
                new FoundCustomer(
                        row.getString("id"),
                        row.getString("name"),
                        row.getString("email"),
                        row.getString("phone"),
                        row.getString("segment")),
                new CustomerCursor(byId, row.getString("key"), row.getString("id")));
    }
}
