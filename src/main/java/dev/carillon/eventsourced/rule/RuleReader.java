package dev.carillon.eventsourced.rule;

import dev.carillon.notification.decision.Gate;
import dev.carillon.notification.decision.Reason;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;

/** Reads and compiles one rule. It is the only place that lists every key a rule may have. */
final class RuleReader {

    static final Set<String> KEYS = Set.of(
            "id",
            "description",
            "enabled",
            "priority",
            "on",
            "collect",
            "when",
            "after",
            "audience",
            "where",
            "expires",
            "absence",
            "delay",
            "recheck",
            "digest",
            "once",
            "throttle",
            "notify");

    private final Expressions expressions;

    RuleReader(Expressions expressions) {
        this.expressions = expressions;
    }

    Rule read(String file, int number, YamlNode node) {
        Section rule = Section.ofRule(file, number, node);
        rule.only(KEYS);
        Heading heading = Heading.read(rule, node);
        return new Rule(heading, clauses(rule, expressions.about(heading.on())), rule.at());
    }

    private static Clauses clauses(Section rule, Expressions expressions) {
        refuseTogether(rule, "after", "collect");
        refuseTogether(rule, "absence", "collect");
        refuseTogether(rule, "digest", "collect");
        Set<ScopeVariable> ofEvent = EnumSet.of(ScopeVariable.EVENT, ScopeVariable.ORDER, ScopeVariable.PRODUCT);
        if (rule.has("collect")) {
            ofEvent.add(ScopeVariable.COLLECTED);
        }
        Set<ScopeVariable> ofCandidate = EnumSet.copyOf(ofEvent);
        ofCandidate.add(ScopeVariable.CUSTOMER);
        if (rule.has("after")) {
            ofCandidate.add(ScopeVariable.EARLIER);
        }

        Findings found = new Findings();
        AudienceClause audience = found.read(() -> AudienceClause.read(rule, expressions));
        Waiting waiting = found.read(() -> Waiting.read(rule, expressions, ofCandidate));
        CollectClause collect =
                found.readIf(rule.has("collect"), () -> CollectClause.read(rule, expressions, ofCandidate));
        Condition when = found.readIf(
                rule.has("when"), () -> Condition.read(rule, Gate.WHEN, expressions, ofEvent, Reason.CONDITION_FALSE));
        Correlation after = found.readIf(rule.has("after"), () -> Correlation.after(rule, expressions));
        Condition where = found.readIf(
                rule.has("where"),
                () -> Condition.read(rule, Gate.WHERE, expressions, ofCandidate, Reason.NOT_ELIGIBLE));
        Duration expires = waiting == null ? null : found.readIf(rule.has("expires"), () -> expires(rule, waiting));
        OnceClause once = audience == null
                ? null
                : found.readIf(rule.has("once"), () -> OnceClause.read(rule, audience, expressions, ofCandidate));
        ThrottleClause throttle =
                found.readIf(rule.has("throttle"), () -> ThrottleClause.read(rule, expressions, ofCandidate));
        NotifyClause notification = found.read(() -> NotifyClause.read(rule, expressions, ofCandidate));
        found.refuseIfAny();
        return new Clauses(
                collect,
                when,
                after,
                Objects.requireNonNull(audience),
                where,
                expires,
                Objects.requireNonNull(waiting),
                once,
                throttle,
                Objects.requireNonNull(notification));
    }

    private static void refuseTogether(Section rule, String one, String other) {
        if (rule.has(one) && rule.has(other)) {
            throw rule.problem(one, rule.at(one), "does not go with " + other);
        }
    }

    /** A notification that expires before its release would never be sent. */
    private static Duration expires(Section rule, Waiting waiting) {
        Duration expires = rule.duration("expires");
        Duration held = waiting.length();
        if (held != null && expires.compareTo(held) <= 0) {
            throw rule.problem(
                    "expires", rule.text("expires").at(), "is not longer than it is held back, which is " + held);
        }
        return expires;
    }
}
