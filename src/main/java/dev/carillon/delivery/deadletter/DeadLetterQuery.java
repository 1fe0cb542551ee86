package dev.carillon.delivery.deadletter;

import dev.carillon.delivery.FailureKind;
import dev.carillon.platform.rest.QueryCheck;
import dev.carillon.platform.rest.TimeRangeQuery;
import jakarta.ws.rs.QueryParam;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** Which dead letters are meant; in a query and in a body by the same names. */
record DeadLetterQuery(
        @QueryParam("channel") @Parameter(description = "The channel", example = "email") @Nullable
        String channel,

        @QueryParam("failure")
        @Parameter(description = "The kind of failure they were dead-lettered for", example = "PROVIDER_ERROR")
        @Nullable
        String failure,

        @QueryParam("detail")
        @Parameter(description = "Exactly what the provider answered", example = "HTTP 503")
        @Nullable
        String detail,

        @QueryParam("provider") @Parameter(description = "Who tried it last", example = "sendgrid") @Nullable
        String provider,

        @QueryParam("type") @Parameter(description = "The notification type", example = "ORDER_SHIPPED") @Nullable
        String type) {

    static final int MOST_AT_ONCE = 1_000;
    static final int USUAL = 500;

    private static final Map<String, FailureKind> FAILURES = Arrays.stream(FailureKind.values())
            .filter(kind -> kind != FailureKind.EXPIRED)
            .collect(Collectors.toMap(FailureKind::name, Function.identity(), (one, other) -> one, TreeMap::new));

    /** @param deadLettered when they were */
    DeadLetterFilter filter(QueryCheck check, TimeRangeQuery deadLettered) {
        return new DeadLetterFilter(
                check.text("channel", channel),
                check.oneOf("failure", failure, FAILURES),
                check.text("detail", detail),
                check.text("provider", provider),
                check.text("type", type),
                deadLettered.from(check),
                deadLettered.to(check));
    }
}
