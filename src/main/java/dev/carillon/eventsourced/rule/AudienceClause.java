package dev.carillon.eventsourced.rule;

import dev.carillon.notification.decision.Gate;
import dev.carillon.notification.decision.GateResult;
import dev.carillon.notification.decision.Reason;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * {@code audience}: the event's subject, the customers with a product in cart or wishlist, a segment, or listed
 * customers.
 *
 * <p>Products are CEL; segments and customer ids are text with <code>${cel}</code> parts.
 */
final class AudienceClause {

    private static final Set<String> KINDS = Set.of("cart", "customers", "segment", "wishlist");
    private static final Set<ScopeVariable> EVENT = EnumSet.of(ScopeVariable.EVENT);

    private final boolean several;
    private final Function<Scope, Audience> resolve;

    private AudienceClause(boolean several, Function<Scope, Audience> resolve) {
        this.several = several;
        this.resolve = resolve;
    }

    static AudienceClause read(Section rule, Expressions expressions) {
        if (!rule.has("audience")) {
            return new AudienceClause(false, AudienceClause::subject);
        }
        if (rule.isText("audience")) {
            YamlNode.YamlText word = rule.text("audience");
            if (!word.text().equals("subject")) {
                throw rule.problem(
                        "audience",
                        word.at(),
                        "must be subject, or a mapping with one of cart, customers, segment, wishlist");
            }
            return new AudienceClause(false, AudienceClause::subject);
        }
        Section audience = rule.section("audience");
        audience.only(KINDS);
        if (audience.fields().size() != 1) {
            throw rule.problem(
                    "audience", audience.at(), "must name exactly one of cart, customers, segment, wishlist");
        }
        return new AudienceClause(true, reaching(audience, audience.fields().get(0), expressions));
    }

    private static Function<Scope, Audience> reaching(Section audience, String kind, Expressions expressions) {
        if (kind.equals("customers")) {
            return customers(audience, expressions);
        }
        if (kind.equals("segment")) {
            TextTemplate segment = TextTemplate.read(audience, kind, audience.text(kind), expressions, EVENT);
            return scope -> named(segment.text(scope), Audience.Segment::new);
        }
        Expression product = expressions.compile(Snippet.of(audience, kind), EVENT, ResultType.SCALAR);
        Function<String, Audience> holders = kind.equals("cart") ? Audience.Cart::new : Audience.Wishlist::new;
        return scope -> named(product.scalar(scope), holders);
    }

    private static Function<Scope, Audience> customers(Section audience, Expressions expressions) {
        List<TextTemplate> listed = audience.list("customers").stream()
                .map(text -> TextTemplate.read(audience, "customers", text, expressions, EVENT))
                .toList();
        return scope -> {
            List<String> ids = new ArrayList<>();
            for (TextTemplate one : listed) {
                ExpressionResult id = one.text(scope);
                if (id.problem() != null) {
                    return new Audience.Nobody(id.problem());
                }
                ids.add((String) id.value());
            }
            return new Audience.Customers(ids);
        };
    }

    private static Audience subject(Scope scope) {
        String subject = scope.event().subject();
        return subject == null || subject.isBlank()
                ? new Audience.Nobody("the event has no subject")
                : new Audience.Subject(subject);
    }

    private static Audience named(ExpressionResult name, Function<String, Audience> audience) {
        return name.problem() != null ? new Audience.Nobody(name.problem()) : audience.apply((String) name.value());
    }

    /** Whether one event may reach more than one customer. */
    boolean reachesSeveral() {
        return several;
    }

    Audience resolve(Scope scope) {
        return resolve.apply(scope);
    }

    /**
     * The gate for a customer found in the audience. It still refuses those whom the event certainly does not concern.
     */
    static GateResult gate(Audience audience, String customerId) {
        return audience.mayInclude(customerId)
                ? GateResult.passed(Gate.AUDIENCE, audience.inWords())
                : outside(audience);
    }

    /** The gate for a customer not found in the audience. */
    static GateResult outside(Audience audience) {
        return GateResult.refused(Gate.AUDIENCE, Reason.NOT_IN_AUDIENCE, audience.inWords());
    }
}
