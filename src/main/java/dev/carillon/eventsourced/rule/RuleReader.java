package dev.carillon.eventsourced.rule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.carillon.eventsourced.rule.InvalidRuleException.RuleProblem;
import dev.carillon.notification.decision.Gate;
import dev.carillon.notification.decision.Reason;
import dev.carillon.platform.yaml.YamlDocument;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads one rule: {@link RuleSchema} checks its form, each clause compiles its expressions, and what the clauses ask of
 * each other is checked here. All errors are collected, so that the author sees them at once.
 */
final class RuleReader {

    /** Two clauses that do not go together; the first is refused. */
    private static final List<List<String>> EXCLUSIVE = List.of(
            List.of("after", "collect"),
            List.of("absence", "collect"),
            List.of("digest", "collect"),
            List.of("delay", "absence"),
            List.of("digest", "absence"),
            List.of("digest", "delay"));

    /** In the order of the file, but first what is wrong and then what is missing. */
    private static final Comparator<RuleProblem> ORDER = Comparator.<RuleProblem, Boolean>comparing(
                    problem -> problem.message().equals(RuleSchema.MISSING))
            .thenComparing(RuleProblem::line)
            .thenComparing(RuleProblem::column);

    private final Section rule;
    private final List<RuleProblem> problems;

    /** The fields that do not have the form they must have. */
    private final Set<String> broken;

    private RuleReader(Section rule, List<RuleProblem> problems) {
        this.rule = rule;
        this.problems = new ArrayList<>(problems);
        this.broken = problems.stream()
                .flatMap(problem -> Stream.ofNullable(problem.field()))
                .map(field -> field.split("\\.")[0])
                .collect(Collectors.toSet());
    }

    /** @param unnamed what errors call the rule as long as it has no id that can be used; null if it is the only one */
    static Rule read(YamlDocument document, @Nullable String unnamed, JsonNode node, Expressions expressions) {
        if (!(node instanceof ObjectNode fields)) {
            throw new InvalidRuleException(
                    RuleProblem.of(document, unnamed, null, document.at(node), "must be a mapping of fields"));
        }
        RuleReader reader = new RuleReader(
                Section.ofRule(document, fields, expressions),
                RuleSchema.bundled().problems(document, unnamed, fields));
        if (reader.broken.contains("id") || reader.broken.contains("on")) {
            throw reader.refusal();
        }
        reader.rule.warnOfUnknownTypes("on");
        Clauses clauses = reader.clauses(
                reader.rule.about(EventPattern.of(reader.rule.texts("on"))).after(reader.earlier()));
        return new Rule(Heading.read(reader.rule, fields), clauses, document.at(node));
    }

    /** @param rule the same rule, whose expressions are about the events it listens to */
    private Clauses clauses(Section rule) {
        Set<ScopeVariable> ofEvent = EnumSet.of(ScopeVariable.EVENT, ScopeVariable.ORDER, ScopeVariable.PRODUCT);
        if (rule.has("collect")) {
            ofEvent.add(ScopeVariable.COLLECTED);
        }
        Set<ScopeVariable> ofCandidate = EnumSet.copyOf(ofEvent);
        ofCandidate.add(ScopeVariable.CUSTOMER);
        if (rule.has("after")) {
            ofCandidate.add(ScopeVariable.EARLIER);
        }
        checkTogether();
        AudienceClause audience = read("audience", () -> AudienceClause.read(rule));
        CollectClause collect = readIf("collect", () -> CollectClause.read(rule.section("collect"), ofCandidate));
        Condition when = readIf("when", () -> Condition.read(rule, Gate.WHEN, ofEvent, Reason.CONDITION_FALSE));
        Correlation after = readIf("after", () -> Correlation.after(rule.section("after")));
        Condition where = readIf("where", () -> Condition.read(rule, Gate.WHERE, ofCandidate, Reason.NOT_ELIGIBLE));
        Correlation absence = readIf("absence", () -> Correlation.absence(rule.section("absence")));
        Duration delay = readIf("delay", () -> rule.duration("delay"));
        DigestClause digest = readIf("digest", () -> digest(rule, ofCandidate));
        Duration expires = readIf("expires", () -> expires(rule, absence == null ? delay : absence.length()));
        TextTemplate once = readIf("once", () -> once(rule, audience, ofCandidate));
        ThrottleClause throttle = readIf("throttle", () -> ThrottleClause.read(rule.section("throttle"), ofCandidate));
        NotifyClause notification = read("notify", () -> NotifyClause.read(rule.section("notify"), ofCandidate));
        if (!problems.isEmpty()) {
            throw refusal();
        }
        return new Clauses(
                collect,
                when,
                after,
                Objects.requireNonNull(audience),
                where,
                expires,
                absence,
                delay,
                digest,
                rule.flag("recheck", false),
                once,
                throttle,
                Objects.requireNonNull(notification),
                rule.facts());
    }

    private List<EventPattern> earlier() {
        return rule.has("after") && !broken.contains("after")
                ? EventPattern.of(rule.section("after").texts("event"))
                : List.of();
    }

    private void checkTogether() {
        EXCLUSIVE.stream()
                .filter(rule::hasAll)
                .forEach(pair -> refuse(rule.unwanted(pair.get(0), "does not go with " + pair.get(1))));
        if (rule.has("collect") && !rule.has("when")) {
            refuse(rule.problem("collect", "needs a when that says what is complete"));
        }
        if (rule.has("recheck") && !rule.has("delay") && !rule.has("absence")) {
            refuse(rule.unwanted("recheck", "needs a delay or an absence"));
        }
    }

    private static DigestClause digest(Section rule, Set<ScopeVariable> available) {
        Section digest = rule.section("digest");
        if (digest.has("wait") == digest.has("at")) {
            throw rule.problem("digest", "must have either wait or at");
        }
        return DigestClause.read(digest, available);
    }

    /** A notification that expires before its release would never be sent. */
    private static Duration expires(Section rule, @Nullable Duration held) {
        Duration expires = rule.duration("expires");
        if (held != null && expires.compareTo(held) <= 0) {
            throw rule.problem("expires", "is not longer than it is held back, which is " + held);
        }
        return expires;
    }

    /** A key all facts, or all of an audience, would share lets a single message through and silences the rest; that is refused. */
    private static TextTemplate once(Section rule, @Nullable AudienceClause audience, Set<ScopeVariable> available) {
        TextTemplate key = rule.template("once", available);
        if (key.isConstant()) {
            throw rule.problem("once", "is the same for every event; say of what with ${…}");
        }
        if (audience != null && audience.reachesSeveral() && !key.mentionsCustomer()) {
            throw rule.problem("once", "is the same for the whole audience; add ${customer.id}");
        }
        return key;
    }

    private <T> @Nullable T readIf(String field, Supplier<T> clause) {
        return rule.has(field) ? read(field, clause) : null;
    }

    /** Reads a clause; null if it cannot be used, and then the whole rule cannot. */
    private <T> @Nullable T read(String field, Supplier<T> clause) {
        try {
            return broken.contains(field) ? null : clause.get();
        } catch (InvalidRuleException unusable) {
            refuse(unusable);
            return null;
        }
    }

    private void refuse(InvalidRuleException unusable) {
        problems.addAll(unusable.problems());
    }

    private InvalidRuleException refusal() {
        return new InvalidRuleException(
                problems.stream().distinct().sorted(ORDER).toList());
    }
}
