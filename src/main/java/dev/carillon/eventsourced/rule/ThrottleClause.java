package dev.carillon.eventsourced.rule;

import dev.carillon.notification.throttle.Throttle;
import dev.carillon.notification.throttle.ThrottleWindow;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code throttle}: how many in which window. It only builds the key; the pipeline counts. */
record ThrottleClause(
        int max, ThrottleWindow window, @Nullable TextTemplate by) {

    /** No customer is called this once encoded. */
    private static final String INTERNAL = "@internal";

    static ThrottleClause read(Section throttle, Set<ScopeVariable> available) {
        return new ThrottleClause(throttle.count("max", 1), window(throttle), throttle.templateOrNull("by", available));
    }

    private static ThrottleWindow window(Section throttle) {
        if (!throttle.text("per").equals(ThrottleWindow.CALENDAR_DAY)) {
            Duration length = Objects.requireNonNull(throttle.duration("per"));
            return "fixed".equals(throttle.textOrNull("kind"))
                    ? ThrottleWindow.fixed(length)
                    : ThrottleWindow.sliding(length);
        }
        if (throttle.has("kind")) {
            throw throttle.unwanted("kind", "is for durations only");
        }
        return ThrottleWindow.calendarDay();
    }

    /**
     * The key that is counted together: the rule, the recipient, and what {@code by} says; or the problem that
     * prevented it.
     */
    ExpressionResult key(Scope scope, String ruleId, String customerId, boolean internal) {
        String key = ruleId + "/" + (internal ? INTERNAL : URLEncoder.encode(customerId, StandardCharsets.UTF_8));
        if (by == null) {
            return ExpressionResult.of(key);
        }
        ExpressionResult more = by.text(scope);
        return more.failed() ? more : ExpressionResult.of(key + "/" + more.value());
    }

    Throttle throttle(String key) {
        return new Throttle(key, max, window);
    }
}
