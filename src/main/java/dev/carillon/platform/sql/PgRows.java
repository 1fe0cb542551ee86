package dev.carillon.platform.sql;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A prepared statement with its parameters, and what is made of the rows that it returns. A batch without items is not sent:
 * it has no rows.
 */
public final class PgRows {

    private final @Nullable Uni<RowSet<Row>> rows;

    private PgRows(@Nullable Uni<RowSet<Row>> rows) {
        this.rows = rows;
    }

    /** @param parameters an {@code Instant} is a {@code timestamptz} */
    public static PgRows of(Tx tx, String sql, @Nullable Object... parameters) {
        return of(PgTx.connection(tx), sql, parameters);
    }

    public static PgRows of(SqlClient client, String sql, @Nullable Object... parameters) {
        return new PgRows(client.preparedQuery(sql).execute(Tuple.wrap(bound(parameters))));
    }

    public static PgRows of(Tx tx, String sql, PgColumns.Batch batch) {
        return new PgRows(
                batch.size() == 0
                        ? null
                        : PgTx.connection(tx).preparedQuery(sql).execute(batch.values()));
    }

    public <T> Uni<List<T>> list(Function<Row, T> item) {
        return rows == null
                ? Uni.createFrom().item(List.of())
                : rows.map(found -> {
                    var list = new ArrayList<T>(found.size());
                    found.forEach(row -> list.add(item.apply(row)));
                    return list;
                });
    }

    public Uni<List<Row>> rows() {
        return list(row -> row);
    }

    /** In the order of the rows. */
    public <K, V> Uni<Map<K, V>> map(Function<Row, K> key, Function<Row, V> value) {
        return rows == null
                ? Uni.createFrom().item(Map.of())
                : rows.map(found -> {
                    var map = new LinkedHashMap<K, V>();
                    found.forEach(row -> map.put(key.apply(row), value.apply(row)));
                    return map;
                });
    }

    public <T> Uni<Optional<T>> first(Function<Row, T> item) {
        return rows().map(found -> found.isEmpty() ? Optional.empty() : Optional.of(item.apply(found.get(0))));
    }

    /** For a statement that always returns a row. */
    public <T> Uni<T> one(Function<Row, T> item) {
        return rows().map(found -> item.apply(found.iterator().next()));
    }

    /** How many rows were returned or, where none are, changed. */
    public Uni<Integer> count() {
        return rows == null ? Uni.createFrom().item(0) : rows.map(RowSet::rowCount);
    }

    /** Whether a row was returned or changed. */
    public Uni<Boolean> any() {
        return count().map(count -> count > 0);
    }

    public Uni<Void> done() {
        return rows == null ? Uni.createFrom().voidItem() : rows.replaceWithVoid();
    }

    /** The item of a batch that a row answers, by its number ({@link PgColumns#numbered}). */
    public static <K> K asked(List<K> items, Row row) {
        return items.get(row.getLong("n").intValue() - 1);
    }

    /** An array alone is one parameter: the compiler would take its elements for several. */
    static @Nullable Object[] bound(@Nullable Object[] parameters) {
        var bound = parameters.getClass() == Object[].class ? parameters.clone() : new Object[] {parameters};
        for (int i = 0; i < bound.length; i++) {
            if (bound[i] instanceof Instant time) {
                bound[i] = PgTimes.at(time);
            }
        }
        return bound;
    }
}
