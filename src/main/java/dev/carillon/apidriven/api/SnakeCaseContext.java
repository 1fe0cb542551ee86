package dev.carillon.apidriven.api;

import dev.carillon.platform.rest.Pointers;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Converts a snake-case context to the template's names, and maps errors back.
 *
 * @param camel the values by their names in camel case
 * @param sent  camel case → the name the caller sent
 */
record SnakeCaseContext(Map<String, Object> camel, Map<String, String> sent) {

    private static final Pattern HUMP = Pattern.compile("(?<=[a-z0-9])_([a-z0-9])");
    private static final Pattern CAPITAL = Pattern.compile("(?<=[a-z0-9])([A-Z])");
    private static final String ROOT = "/context/";

    static SnakeCaseContext of(@Nullable Map<String, Object> context) {
        var camel = new LinkedHashMap<String, Object>();
        var sent = new HashMap<String, String>();
        if (context != null) {
            context.forEach((name, value) -> {
                var hump = HUMP.matcher(name).replaceAll(found -> found.group(1).toUpperCase(Locale.ROOT));
                camel.put(hump, value);
                sent.put(hump, name);
            });
        }
        return new SnakeCaseContext(camel, sent);
    }

    /** A pointer as the caller would write it: by the name that was sent, in snake case where none was. */
    String asSent(String pointer) {
        if (!pointer.startsWith(ROOT)) {
            return pointer;
        }
        int end = pointer.indexOf('/', ROOT.length());
        var name = pointer.substring(ROOT.length(), end < 0 ? pointer.length() : end);
        var known = sent.get(name);
        return "/context" + Pointers.step(known == null ? snake(name) : known)
                + (end < 0 ? "" : pointer.substring(end));
    }

    private static String snake(String name) {
        return CAPITAL.matcher(name).replaceAll(found -> "_" + found.group(1).toLowerCase(Locale.ROOT));
    }
}
