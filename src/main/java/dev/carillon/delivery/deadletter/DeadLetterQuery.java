package dev.carillon.delivery.deadletter;

import dev.carillon.delivery.FailureKind;
import dev.carillon.platform.rest.QueryCheck;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the dead-letter filter from a query or a body; both use the same field names. */
final class DeadLetterQuery {

    static final int MOST_AT_ONCE = 1_000;
    static final int USUAL = 500;

    private static final Map<String, FailureKind> FAILURES = Arrays.stream(FailureKind.values())
            .filter(kind -> kind != FailureKind.EXPIRED)
            .collect(Collectors.toMap(FailureKind::name, Function.identity(), (one, other) -> one, TreeMap::new));

    private DeadLetterQuery() {}

    static DeadLetterFilter filter(
            QueryCheck check,
            @Nullable String channel,
            @Nullable String failure,
            @Nullable String type,
            @Nullable String from,
            @Nullable String to) {
        return new DeadLetterFilter(
                check.text("channel", channel),
                check.oneOf("failure", failure, FAILURES),
                check.text("type", type),
                check.time("from", from),
                check.time("to", to));
    }

    static int limit(QueryCheck check, @Nullable Integer limit) {
        return check.limit(limit == null ? null : limit.toString(), USUAL, MOST_AT_ONCE);
    }
}
