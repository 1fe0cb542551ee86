package dev.carillon.eventsourced.rule;

import dev.carillon.notification.tracking.Reason;
import java.util.EnumSet;
import java.util.Set;

/** Reads and compiles one rule; the one place that names every key a rule may have. */
final class RuleReader {

    private static final Set<String> KEYS = Set.of(
            "id", "description", "enabled", "priority", "on", "collect", "when", "audience", "where", "once", "notify");

    private final Expressions expressions;

    RuleReader(Expressions expressions) {
        this.expressions = expressions;
    }

    Rule read(String file, int number, YamlNode node) {
        Section rule = Section.ofRule(file, number, node);
        rule.only(KEYS);
        Heading heading = Heading.read(rule, node);
        expressions.about(heading.on());
        return new Rule(heading, clauses(rule), rule.at());
    }

    private Clauses clauses(Section rule) {
        Set<Variable> ofEvent = EnumSet.of(Variable.EVENT, Variable.ORDER, Variable.PRODUCT);
        if (rule.has("collect")) {
            ofEvent.add(Variable.COLLECTED);
        }
        Set<Variable> ofCandidate = EnumSet.copyOf(ofEvent);
        ofCandidate.add(Variable.CUSTOMER);

        AudienceClause audience = AudienceClause.read(rule, expressions);
        return new Clauses(
                rule.has("collect") ? CollectClause.read(rule, expressions) : null,
                rule.has("when") ? Condition.read(rule, "when", expressions, ofEvent, Reason.CONDITION_FALSE) : null,
                audience,
                rule.has("where") ? Condition.read(rule, "where", expressions, ofCandidate, Reason.NOT_ELIGIBLE) : null,
                rule.has("once") ? OnceClause.read(rule, audience, expressions, ofCandidate) : null,
                NotifyClause.read(rule, expressions, ofCandidate));
    }
}
