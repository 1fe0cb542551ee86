package dev.carillon.eventsourced.rule;

import dev.carillon.notification.template.LocaleTag;
import dev.carillon.platform.value.Blank;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code notify}: the notification type, its channels, and what its template may use.
 *
 * @param internal whether it goes to ourselves and not to the customer it is about
 */
record NotifyClause(
        String type,
        @Nullable String category,
        List<String> channels,
        boolean internal,
        @Nullable Expression language,
        @Nullable Map<String, Expression> variables) {

    static NotifyClause read(Section notify, Set<ScopeVariable> available) {
        return new NotifyClause(
                notify.text("type"),
                notify.textOrNull("category"),
                notify.texts("channels"),
                "internal".equals(notify.textOrNull("to")),
                notify.has("locale") ? language(notify, available) : null,
                notify.has("context") ? variables(notify.section("context"), available) : null);
    }

    /** A literal must be a language; a value from the event or the customer may be none. */
    private static Expression language(Section notify, Set<ScopeVariable> available) {
        return notify.expression(
                "locale",
                available,
                ResultType.SCALAR,
                literal -> Blank.is(literal) || LocaleTag.read(literal).isPresent()
                        ? Optional.empty()
                        : Optional.of(LocaleTag.IN_WORDS));
    }

    private static Map<String, Expression> variables(Section context, Set<ScopeVariable> available) {
        Map<String, Expression> variables = new LinkedHashMap<>();
        context.names().forEach(name -> variables.put(name, context.expression(name, available, ResultType.ANYTHING)));
        return variables;
    }

    NotifyTarget target() {
        return new NotifyTarget(type, category, channels);
    }

    /** The language; null, and so the customer's, also if the rule's value is no language. */
    @Nullable
    Locale locale(Scope scope) {
        return language == null
                ? null
                : LocaleTag.read(language.value(scope).value()).orElse(null);
    }

    /** The event's data, or what {@code context} says; a variable that cannot be had is left out, the template knows if it needs it. */
    Map<String, @Nullable Object> context(Scope scope) {
        if (variables == null) {
            return scope.event().data();
        }
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        variables.forEach((variable, expression) -> {
            Object value = expression.value(scope).value();
            if (value != null) {
                values.put(variable, value);
            }
        });
        return Collections.unmodifiableMap(values);
    }
}
