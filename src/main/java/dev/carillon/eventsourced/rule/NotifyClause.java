package dev.carillon.eventsourced.rule;

import dev.carillon.notification.template.LocaleTag;
import dev.carillon.platform.value.Blank;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code notify}: the notification type, its channels, and what its template may use. */
final class NotifyClause {

    private final String type;
    private final @Nullable String category;
    private final List<String> channels;
    private final boolean internal;
    private final @Nullable Expression locale;
    private final @Nullable Map<String, Expression> context;

    private NotifyClause(
            String type,
            @Nullable String category,
            List<String> channels,
            boolean internal,
            @Nullable Expression locale,
            @Nullable Map<String, Expression> context) {
        this.type = type;
        this.category = category;
        this.channels = channels;
        this.internal = internal;
        this.locale = locale;
        this.context = context;
    }

    static NotifyClause read(Section rule, Expressions expressions, Set<ScopeVariable> available) {
        Section notify = rule.section("notify");
        notify.only(Set.of("type", "category", "channels", "to", "locale", "context"));
        return new NotifyClause(
                notify.name("type"),
                notify.has("category") ? notify.name("category") : null,
                notify.has("channels") ? channels(notify) : List.of(),
                notify.has("to") && internal(notify),
                notify.has("locale") ? locale(notify, expressions, available) : null,
                notify.has("context") ? context(notify.section("context"), expressions, available) : null);
    }

    /** A literal must be a language; a value from the event or the customer may be none. */
    private static Expression locale(Section notify, Expressions expressions, Set<ScopeVariable> available) {
        return expressions.compile(
                Snippet.of(notify, "locale"),
                available,
                ResultType.SCALAR,
                literal -> Blank.is(literal) || LocaleTag.read(literal).isPresent()
                        ? Optional.empty()
                        : Optional.of(LocaleTag.IN_WORDS));
    }

    private static boolean internal(Section notify) {
        YamlNode.YamlText to = notify.text("to");
        return switch (to.text()) {
            case "customer" -> false;
            case "internal" -> true;
            default -> throw notify.problem("to", to.at(), "must be customer or internal, not '" + to.text() + "'");
        };
    }

    private static List<String> channels(Section notify) {
        Set<String> seen = new HashSet<>();
        for (YamlNode.YamlText channel : notify.list("channels")) {
            if (!seen.add(notify.name("channels", channel))) {
                throw notify.problem("channels", channel.at(), "'" + channel.text() + "' is there twice");
            }
        }
        return notify.list("channels").stream().map(YamlNode.YamlText::text).toList();
    }

    private static Map<String, Expression> context(
            Section context, Expressions expressions, Set<ScopeVariable> available) {
        Map<String, Expression> variables = new LinkedHashMap<>();
        for (String variable : context.fields()) {
            variables.put(variable, expressions.compile(Snippet.of(context, variable), available, ResultType.ANYTHING));
        }
        return Collections.unmodifiableMap(variables);
    }

    String type() {
        return type;
    }

    @Nullable
    String category() {
        return category;
    }

    List<String> channels() {
        return channels;
    }

    /** Whether it goes to ourselves and not to the customer it is about. */
    boolean internal() {
        return internal;
    }

    NotifyTarget outlet() {
        return new NotifyTarget(type, category, channels);
    }

    Set<ScopeVariable> loads() {
        Set<ScopeVariable> all = EnumSet.noneOf(ScopeVariable.class);
        if (locale != null) {
            all.addAll(locale.loads());
        }
        if (context != null) {
            context.values().forEach(expression -> all.addAll(expression.loads()));
        }
        return all;
    }

    /** The language; null, and so the customer's, also if the rule's value is no language. */
    @Nullable
    Locale locale(Scope scope) {
        return locale == null
                ? null
                : LocaleTag.read(locale.value(scope).value()).orElse(null);
    }

    /** The event's data, or what {@code context} says; a variable that cannot be had is left out, the template knows if it needs it. */
    Map<String, @Nullable Object> context(Scope scope) {
        if (context == null) {
            return scope.event().data();
        }
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        context.forEach((variable, expression) -> {
            Object value = expression.value(scope).value();
            if (value != null) {
                values.put(variable, value);
            }
        });
        return Collections.unmodifiableMap(values);
    }
}
