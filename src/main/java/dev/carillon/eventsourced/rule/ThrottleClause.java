package dev.carillon.eventsourced.rule;

import dev.carillon.notification.throttle.Throttle;
import dev.carillon.notification.throttle.ThrottleWindow;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code throttle}: how many in which window. It only builds the key; the pipeline counts. */
record ThrottleClause(
        int max, ThrottleWindow window, @Nullable TextTemplate by) {

    /** No customer is called this once encoded. */
    private static final String INTERNAL = "@internal";

    static ThrottleClause read(Section rule, Expressions expressions, Set<ScopeVariable> available) {
        Section throttle = rule.section("throttle");
        throttle.only(Set.of("max", "per", "kind", "by"));
        return new ThrottleClause(
                throttle.count("max", 1, Throttle.MOST),
                window(throttle),
                throttle.has("by")
                        ? TextTemplate.read(throttle, "by", throttle.text("by"), expressions, available)
                        : null);
    }

    private static ThrottleWindow window(Section throttle) {
        if (throttle.text("per").text().equals(ThrottleWindow.CALENDAR_DAY)) {
            if (throttle.has("kind")) {
                throw throttle.problem("kind", throttle.at("kind"), "is for durations only");
            }
            return ThrottleWindow.calendarDay();
        }
        Duration length = throttle.durationOr(ThrottleWindow.CALENDAR_DAY + " or ", "per");
        if (!throttle.has("kind")) {
            return ThrottleWindow.sliding(length);
        }
        YamlNode.YamlText kind = throttle.text("kind");
        return switch (kind.text()) {
            case "sliding" -> ThrottleWindow.sliding(length);
            case "fixed" -> ThrottleWindow.fixed(length);
            default -> throw throttle.problem("kind", kind.at(), "must be fixed or sliding, not '" + kind.text() + "'");
        };
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

    Set<ScopeVariable> loads() {
        return by == null ? EnumSet.noneOf(ScopeVariable.class) : by.loads();
    }
}
