package dev.carillon.eventsourced.rule;

import java.util.List;

/** {@code on}: one event type, or with {@code .*} at the end all types below it. */
record EventPattern(String text) {

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
