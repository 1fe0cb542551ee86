package dev.carillon.platform.sql;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Passes a batch as columns: one array for each column, for {@code unnest}. */
public final class PgArrays {

    private PgArrays() {}

    public static <T> String[] texts(List<T> rows, Function<T, @Nullable String> text) {
        return rows.stream().map(text).toArray(String[]::new);
    }

    public static <T> OffsetDateTime[] times(List<T> rows, Function<T, @Nullable Instant> time) {
        return rows.stream().map(row -> PgTimes.atOrNull(time.apply(row))).toArray(OffsetDateTime[]::new);
    }
}
