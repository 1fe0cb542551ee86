package dev.carillon.platform.sql;

import dev.carillon.platform.id.Ids;
import dev.carillon.platform.json.Json;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a batch: one array for each, to be unnested. A column's name, type and value are said in one place, and the
 * statement's text and its parameters are both made of it, so no position can shift. A statement's own parameters come
 * first ({@code $1}, …), the columns behind them.
 *
 * @param <T> an item of the batch
 */
public final class PgColumns<T> {

    private final List<Column<T>> columns;
    private final int parameters;

    /** The ids of what is partitioned by time: an id tells when it was made. */
    public static final PgColumns<String> IDS =
            PgColumns.<String>of().text("id", id -> id).time("created_at", Ids::timeOf);

    private PgColumns(List<Column<T>> columns, int parameters) {
        this.columns = columns;
        this.parameters = parameters;
    }

    private record Column<T>(String name, String type, String value, IntFunction<Object[]> array, Valued<T> valued) {

        <U> Column<U> in(Function<U, T> part) {
            return new Column<>(name, type, value, array, (item, texts) -> valued.of(part.apply(item), texts));
        }
    }

    private interface Valued<T> {
        @Nullable
        Object of(T item, JsonTexts texts);
    }

    /**
     * Writes the JSON of a column. Lists that are alike, as neighbours' decisions often are, are written once; a map may
     * have the same entries in another order.
     */
    private static final class JsonTexts {

        private final @Nullable Json json;
        private @Nullable Object written;
        private String text = "";

        JsonTexts(@Nullable Json json) {
            this.json = json;
        }

        String of(@Nullable Object value) {
            if (!(value instanceof List<?> list) || !list.equals(written)) {
                text = Objects.requireNonNull(json, "for a column of JSON").write(value);
                written = value;
            }
            return text;
        }
    }

    /** A batch as a statement's parameters. */
    public record Batch(int size, Tuple values) {}

    public static <T> PgColumns<T> of() {
        return new PgColumns<>(List.of(), 0);
    }

    /** The same columns for a statement that has parameters of its own. */
    public PgColumns<T> after(int parameters) {
        return new PgColumns<>(columns, parameters);
    }

    /** The same columns for items of which these are part. */
    public <U> PgColumns<U> in(Function<U, T> part) {
        return new PgColumns<>(columns.stream().map(column -> column.in(part)).toList(), parameters);
    }

    /** These columns, and more. */
    public PgColumns<T> and(PgColumns<T> more) {
        return new PgColumns<>(
                Stream.concat(columns.stream(), more.columns.stream()).toList(), parameters);
    }

    public PgColumns<T> text(String name, Function<T, @Nullable String> value) {
        return plus(name, "text", name, String[]::new, (item, texts) -> value.apply(item));
    }

    /** A value that is written as JSON; {@link #values} casts it. */
    public PgColumns<T> json(String name, Function<T, @Nullable Object> value) {
        return plus(name, "text", name + "::json", String[]::new, (item, texts) -> texts.of(value.apply(item)));
    }

    public PgColumns<T> time(String name, Function<T, @Nullable Instant> value) {
        return plus(
                name, "timestamptz", name, OffsetDateTime[]::new, (item, texts) -> PgTimes.atOrNull(value.apply(item)));
    }

    public PgColumns<T> bigint(String name, Function<T, @Nullable Long> value) {
        return plus(name, "bigint", name, Long[]::new, (item, texts) -> value.apply(item));
    }

    public PgColumns<T> integer(String name, Function<T, @Nullable Integer> value) {
        return plus(name, "integer", name, Integer[]::new, (item, texts) -> value.apply(item));
    }

    public PgColumns<T> smallint(String name, Function<T, @Nullable Short> value) {
        return plus(name, "smallint", name, Short[]::new, (item, texts) -> value.apply(item));
    }

    public PgColumns<T> bool(String name, Function<T, @Nullable Boolean> value) {
        return plus(name, "boolean", name, Boolean[]::new, (item, texts) -> value.apply(item));
    }

    /** The names, for {@code insert into t (…)}. */
    public String names() {
        return joined(Column::name);
    }

    /** What to select for {@link #names}. */
    public String values() {
        return joined(Column::value);
    }

    /** {@code unnest($1::text[], …) as alias(id, …)}. */
    public String unnest(String alias) {
        return arrays() + " as " + alias + "(" + names() + ")";
    }

    /** Like {@link #unnest}, with the item's number {@code n}, from 1 on ({@link PgRows#asked}). */
    public String numbered(String alias) {
        return arrays() + " with ordinality as " + alias + "(" + names() + ", n)";
    }

    /** The statement that inserts the batch as it is. */
    public String insertInto(String table) {
        return "insert into " + table + " (" + names() + ") select " + values() + " from " + unnest("t");
    }

    /** @param parameters those of the statement, which come first */
    public Batch of(List<? extends T> items, @Nullable Object... parameters) {
        return of(null, items, parameters);
    }

    /** Like {@link #of(List, Object...)}, for columns of which one is JSON. */
    public Batch of(@Nullable Json json, List<? extends T> items, @Nullable Object... parameters) {
        var own = PgRows.bound(parameters);
        if (own.length != this.parameters) {
            throw new IllegalArgumentException(
                    "the statement has " + this.parameters + " parameters besides its columns, not " + own.length);
        }
        var bound = new Object[own.length + columns.size()];
        System.arraycopy(own, 0, bound, 0, own.length);
        for (int c = 0; c < columns.size(); c++) {
            var column = columns.get(c);
            var array = column.array().apply(items.size());
            var texts = new JsonTexts(json);
            for (int i = 0; i < array.length; i++) {
                array[i] = column.valued().of(items.get(i), texts);
            }
            bound[own.length + c] = array;
        }
        return new Batch(items.size(), Tuple.wrap(bound));
    }

    private PgColumns<T> plus(String name, String type, String value, IntFunction<Object[]> array, Valued<T> valued) {
        return and(new PgColumns<>(List.of(new Column<>(name, type, value, array, valued)), 0));
    }

    private String arrays() {
        var arrays = new ArrayList<String>();
        for (var column : columns) {
            arrays.add("$" + (parameters + arrays.size() + 1) + "::" + column.type() + "[]");
        }
        return "unnest(" + String.join(", ", arrays) + ")";
    }

    private String joined(Function<Column<T>, String> part) {
        return columns.stream().map(part).collect(Collectors.joining(", "));
    }
}
