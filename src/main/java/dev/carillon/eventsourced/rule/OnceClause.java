package dev.carillon.eventsourced.rule;

import java.util.Set;

/** {@code once}: builds the business key of the fact a rule notifies about. The pipeline reserves it. */
final class OnceClause {

    private final TextTemplate key;

    private OnceClause(TextTemplate key) {
        this.key = key;
    }

    /** A key all facts, or all of an audience, would share lets a single message through and silences the rest; that is refused. */
    static OnceClause read(
            Section rule, AudienceClause audience, Expressions expressions, Set<ScopeVariable> available) {
        YamlNode.YamlText text = rule.text("once");
        TextTemplate key = TextTemplate.read(rule, "once", text, expressions, available);
        if (key.isConstant()) {
            throw rule.problem("once", text.at(), "is the same for every event; say of what with ${…}");
        }
        if (audience.reachesSeveral() && !key.mentionsCustomer()) {
            throw rule.problem("once", text.at(), "is the same for the whole audience; add ${customer.id}");
        }
        return new OnceClause(key);
    }

    Set<ScopeVariable> loads() {
        return key.loads();
    }

    ExpressionResult key(Scope scope) {
        return key.text(scope);
    }
}
