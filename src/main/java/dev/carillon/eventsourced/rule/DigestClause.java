package dev.carillon.eventsourced.rule;

import dev.carillon.platform.value.Zones;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * {@code digest}: combines many events into one notification. It reads when a digest closes, and which events go
 * together.
 */
record DigestClause(DigestPlan plan, @Nullable TextTemplate by) {

    private static final int MOST_ITEMS = 1_000;
    private static final int USUAL_ITEMS = 50;
    private static final String HH_MM = "[0-2][0-9]:[0-5][0-9]";

    static DigestClause read(Section rule, Expressions expressions, Set<ScopeVariable> available) {
        Section digest = rule.section("digest");
        digest.only(Set.of("wait", "max-wait", "at", "zone", "max-items", "min-items", "by"));
        if (digest.has("wait") == digest.has("at")) {
            throw rule.problem("digest", digest.at(), "must have either wait or at");
        }
        return new DigestClause(
                plan(digest),
                digest.has("by") ? TextTemplate.read(digest, "by", digest.text("by"), expressions, available) : null);
    }

    private static DigestPlan plan(Section digest) {
        int most = digest.count("max-items", USUAL_ITEMS, MOST_ITEMS);
        int least = digest.count("min-items", 1, MOST_ITEMS);
        if (least > most) {
            throw digest.problem("min-items", digest.at("min-items"), "is more than max-items, which is " + most);
        }
        if (digest.has("wait")) {
            refuse(digest, "zone", "is for at only");
            Duration wait = digest.duration("wait");
            return new DigestPlan(wait, maxWait(digest, wait), List.of(), null, most, least);
        }
        refuse(digest, "max-wait", "is for wait only");
        return new DigestPlan(
                null,
                null,
                digest.oneOrMore("at").stream().map(text -> time(digest, text)).toList(),
                zone(digest),
                most,
                least);
    }

    private static @Nullable Duration maxWait(Section digest, Duration wait) {
        if (!digest.has("max-wait")) {
            return null;
        }
        Duration maxWait = digest.duration("max-wait");
        if (maxWait.compareTo(wait) < 0) {
            throw digest.problem("max-wait", digest.text("max-wait").at(), "is shorter than wait, which is " + wait);
        }
        return maxWait;
    }

    private static LocalTime time(Section digest, YamlNode.YamlText text) {
        try {
            if (text.text().matches(HH_MM)) {
                return LocalTime.parse(text.text());
            }
        } catch (DateTimeException e) {
            throw notATime(digest, text);
        }
        throw notATime(digest, text);
    }

    private static InvalidRuleException notATime(Section digest, YamlNode.YamlText text) {
        return digest.problem("at", text.at(), "'" + text.text() + "' must be a time of day such as \"09:00\"");
    }

    private static @Nullable ZoneId zone(Section digest) {
        if (!digest.has("zone")) {
            return null;
        }
        YamlNode.YamlText text = digest.text("zone");
        return Zones.read(text.text())
                .orElseThrow(() -> digest.problem(
                        "zone", text.at(), "'" + text.text() + "' must be a time zone such as Europe/Berlin"));
    }

    private static void refuse(Section digest, String field, String why) {
        if (digest.has(field)) {
            throw digest.problem(field, digest.at(field), why);
        }
    }

    /** The part of the digest's key that the rule defines; null when all of a customer's events go together. */
    ExpressionResult key(Scope scope) {
        return by == null ? ExpressionResult.of(null) : by.text(scope);
    }

    /** When it closes, in a few words. */
    String inWords() {
        if (plan.length() == null) {
            return "until " + plan.at().stream().map(LocalTime::toString).collect(Collectors.joining(" or "));
        }
        return plan.maxLength() == null
                ? "until " + plan.length() + " after the first"
                : "until " + plan.length() + " after the last, at most " + plan.maxLength() + " after the first";
    }

    Set<ScopeVariable> loads() {
        return by == null ? EnumSet.noneOf(ScopeVariable.class) : by.loads();
    }
}
