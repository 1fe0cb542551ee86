package dev.carillon.notification.template;

import dev.carillon.notification.template.TypeFolder.ContextViolation;
import dev.carillon.platform.value.Blank;
import dev.carillon.platform.value.PlainValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Matches a context against the variables of a type. It gives the values that templates see, and the errors by name.
 * Undeclared values are dropped, so templates cannot depend on them.
 */
record Binding(Map<String, Object> values, Map<String, String> unfit) {

    static Binding of(NotificationType type, Map<String, ? extends @Nullable Object> context) {
        Map<String, Object> values = new HashMap<>();
        Map<String, String> unfit = new LinkedHashMap<>();
        type.variables().forEach((name, variable) -> {
            Object raw = context.get(name);
            if (Blank.isAbsent(raw)) {
                if (variable.required()) {
                    unfit.put(name, "is required");
                }
                return;
            }
            PlainValue read = PlainValue.of(variable.kind(), raw);
            if (read instanceof PlainValue.Fit fit) {
                values.put(name, fit.value());
            } else if (read instanceof PlainValue.Unfit no) {
                unfit.put(name, no.detail());
            }
        });
        return new Binding(values, unfit);
    }

    List<ContextViolation> violations() {
        List<ContextViolation> violations = new ArrayList<>();
        unfit.forEach((name, detail) -> violations.add(new ContextViolation("/context/" + name, detail)));
        return violations;
    }
}
