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
 *
 * @param reachesSeveral whether one event may reach more than one customer
 */
record AudienceClause(boolean reachesSeveral, Function<Scope, Audience> resolving) {

    private static final Set<ScopeVariable> EVENT = EnumSet.of(ScopeVariable.EVENT);

    static AudienceClause read(Section rule) {
        if (!rule.has("audience") || rule.isText("audience")) {
            return new AudienceClause(false, AudienceClause::subject);
        }
        Section audience = rule.section("audience");
        return new AudienceClause(true, reaching(audience, audience.names().get(0)));
    }

    /** One customer, whatever the event says. */
    static AudienceClause only(String customerId) {
        return new AudienceClause(true, scope -> new Audience.Customers(List.of(customerId)));
    }

    private static Function<Scope, Audience> reaching(Section audience, String kind) {
        if (kind.equals("customers")) {
            return customers(audience.templates(kind, EVENT));
        }
        if (kind.equals("segment")) {
            TextTemplate segment = audience.template(kind, EVENT);
            return scope -> named(segment.text(scope), Audience.Segment::new);
        }
        Expression product = audience.expression(kind, EVENT, ResultType.SCALAR);
        Function<String, Audience> holders = kind.equals("cart") ? Audience.Cart::new : Audience.Wishlist::new;
        return scope -> named(product.scalar(scope), holders);
    }

    private static Function<Scope, Audience> customers(List<TextTemplate> listed) {
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

    Audience resolve(Scope scope) {
        return resolving.apply(scope);
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
