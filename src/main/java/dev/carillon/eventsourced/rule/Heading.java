package dev.carillon.eventsourced.rule;

import dev.carillon.notification.Priority;
import dev.carillon.notification.decision.RuleRef;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The head of a rule: id, version, description, priority, event patterns, and whether it is enabled. */
record Heading(
        String id, String version, String description, boolean enabled, Priority priority, List<EventPattern> on) {

    /** Twelve hex digits distinguish more versions of one rule than anyone will write. */
    private static final int VERSION_LENGTH = 12;

    static Heading read(Section rule, YamlNode whole) {
        return new Heading(
                rule.name("id"),
                version(whole),
                rule.has("description") ? rule.text("description").text() : "",
                rule.flag("enabled", true),
                rule.has("priority") ? priority(rule) : Priority.NORMAL,
                EventPattern.read(rule));
    }

    private static Priority priority(Section rule) {
        YamlNode.YamlText text = rule.text("priority");
        return Arrays.stream(Priority.values())
                .filter(priority -> priority.name().toLowerCase(Locale.ROOT).equals(text.text()))
                .findFirst()
                .orElseThrow(() -> rule.problem(
                        "priority",
                        text.at(),
                        "must be one of "
                                + Arrays.stream(Priority.values())
                                        .map(priority -> priority.name().toLowerCase(Locale.ROOT))
                                        .collect(Collectors.joining(", "))
                                + ", not '" + text.text() + "'"));
    }

    private static String version(YamlNode whole) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            byte[] hash = sha.digest(whole.canonical().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, VERSION_LENGTH);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java runtime has SHA-256", impossible);
        }
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
