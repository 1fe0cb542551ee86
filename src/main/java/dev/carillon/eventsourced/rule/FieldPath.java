package dev.carillon.eventsourced.rule;

import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An expression that is only a path: {@code event.data.amount}, {@code order.lineItems[0].price}.
 *
 * @param steps names of fields, and numbers of list entries as {@code Long}
 */
record FieldPath(String root, List<Object> steps) {

    private static final String INDEX = "_[_]";

    static Optional<FieldPath> of(CelExpr expression) {
        List<Object> steps = new ArrayList<>();
        CelExpr at = expression;
        while (at.getKind() != Kind.IDENT) {
            if (at.getKind() == Kind.SELECT && !at.select().testOnly()) {
                steps.add(at.select().field());
                at = at.select().operand();
            } else if (at.getKind() == Kind.CALL
                    && at.call().function().equals(INDEX)
                    && at.call().args().get(1).getKind() == Kind.CONSTANT) {
                CelConstant index = at.call().args().get(1).constant();
                if (index.getKind() != CelConstant.Kind.STRING_VALUE
                        && index.getKind() != CelConstant.Kind.INT64_VALUE) {
                    return Optional.empty();
                }
                steps.add(
                        index.getKind() == CelConstant.Kind.STRING_VALUE
                                ? index.stringValue()
                                : (Object) index.int64Value());
                at = at.call().args().get(0);
            } else {
                return Optional.empty();
            }
        }
        Collections.reverse(steps);
        return steps.isEmpty()
                ? Optional.empty()
                : Optional.of(new FieldPath(at.ident().name(), List.copyOf(steps)));
    }

    /** The value at this path inside the root's value; null if there is none. */
    @Nullable
    Object in(@Nullable Object value) {
        @Nullable Object at = value;
        for (Object step : steps) {
            if (at instanceof Map<?, ?> map) {
                at = map.get(step);
            } else {
                at = at instanceof List<?> list && step instanceof Long index && index >= 0 && index < list.size()
                        ? list.get(index.intValue())
                        : null;
            }
        }
        return at;
    }
}
