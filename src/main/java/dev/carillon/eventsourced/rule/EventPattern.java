package dev.carillon.eventsourced.rule;

import java.util.List;
import java.util.regex.Pattern;

/** {@code on}: one event type, or with {@code .*} at the end all types below it. */
record EventPattern(String text) {

    private static final int LONGEST = 300;
    private static final Pattern VALID = Pattern.compile("[A-Za-z0-9_:/-]+(\\.[A-Za-z0-9_:/-]+)*(\\.\\*)?");

    static List<EventPattern> read(Section rule) {
        return rule.oneOrMore("on").stream().map(text -> read(rule, text)).toList();
    }

    /** The length first: the matcher goes one call deeper with each step of the name. */
    private static boolean isValid(String text) {
        return text.length() <= LONGEST && VALID.matcher(text).matches();
    }

    private static String shown(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, 40) + "…";
    }

    private static EventPattern read(Section rule, YamlNode.YamlText text) {
        if (!isValid(text.text())) {
            throw rule.problem(
                    "on", text.at(), "'" + shown(text.text()) + "' must be an event type or a prefix like ordering.*");
        }
        return new EventPattern(text.text());
    }

    /** Event types a clause names besides {@code on}: each exactly one, because they are looked up and not listened to. */
    static List<String> types(Section clause, String field) {
        return clause.oneOrMore(field).stream()
                .map(text -> {
                    EventPattern pattern = isValid(text.text()) ? new EventPattern(text.text()) : null;
                    if (pattern == null || pattern.isPrefix()) {
                        throw clause.problem(field, text.at(), "'" + shown(text.text()) + "' must be an event type");
                    }
                    return text.text();
                })
                .distinct()
                .toList();
    }

    static List<EventPattern> of(List<String> types) {
        return types.stream().map(EventPattern::new).toList();
    }

    boolean isPrefix() {
        return text.endsWith(".*");
    }

    boolean matches(String type) {
        return isPrefix() ? type.startsWith(text.substring(0, text.length() - 1)) : type.equals(text);
    }
}
