package dev.carillon.notification.template;

import dev.carillon.platform.value.Blank;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The customer facts that templates see. A blank text counts as absent, so "Hi {customer.name ?: 'there'}" never greets
 * nobody.
 */
final class TemplateFacts {

    private TemplateFacts() {}

    /** Only known facts, with texts stripped of surrounding spaces. */
    static Map<String, Object> known(Map<?, ? extends @Nullable Object> facts) {
        Map<String, Object> known = new LinkedHashMap<>();
        facts.forEach((name, value) -> {
            if (!Blank.isAbsent(value)) {
                known.put(
                        String.valueOf(name),
                        value instanceof String text
                                ? Blank.stripped(text)
                                : value instanceof Map<?, ?> map ? known(map) : value);
            }
        });
        return known;
    }
}
