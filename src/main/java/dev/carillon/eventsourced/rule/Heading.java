package dev.carillon.eventsourced.rule;

import com.fasterxml.jackson.databind.JsonNode;
import dev.carillon.notification.Priority;
import dev.carillon.notification.decision.RuleRef;
import dev.carillon.platform.idempotency.Fingerprint;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/** The head of a rule: id, version, description, priority, event patterns, and whether it is enabled. */
record Heading(
        String id, String version, String description, boolean enabled, Priority priority, List<EventPattern> on) {

    /** Twelve hex digits distinguish more versions of one rule than anyone will write. */
    private static final int VERSION_LENGTH = 12;

    static Heading read(Section rule, JsonNode whole) {
        String priority = Objects.requireNonNullElse(rule.textOrNull("priority"), "normal");
        return new Heading(
                rule.text("id"),
                HexFormat.of().formatHex(Fingerprint.of(whole)).substring(0, VERSION_LENGTH),
                Objects.requireNonNullElse(rule.textOrNull("description"), ""),
                rule.flag("enabled", true),
                Priority.named(priority).orElseThrow(),
                EventPattern.of(rule.texts("on")));
    }

    RuleRef ref() {
        return new RuleRef(id, version);
    }

    Heading switched(boolean enabled) {
        return new Heading(id, version, description, enabled, priority, on);
    }

    boolean listensTo(String eventType) {
        return on.stream().anyMatch(pattern -> pattern.matches(eventType));
    }
}
