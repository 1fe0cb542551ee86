package dev.carillon.eventsourced.rule;

import dev.cel.common.ast.CelExpr;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Estimates the cost of an expression before it first runs: nested loops multiply.
 *
 * <p>The length of an event's lists is not known by then. A list literal has its own length, any other counts as {@link
 * #ITEMS}. So two nested loops pass, and three do not.
 */
final class Estimate {

    static final int ITEMS = 30;

    private Estimate() {}

    /** The innermost part of an expression that alone would cost too much, if there is one. */
    static Optional<CelExpr> tooCostly(CelExpr expression) {
        if (steps(expression) <= Budget.ANSWER) {
            return Optional.empty();
        }
        return Optional.of(parts(expression)
                .map(Estimate::tooCostly)
                .flatMap(Optional::stream)
                .findFirst()
                .orElse(expression));
    }

    private static double steps(CelExpr node) {
        if (node.getKind() != CelExpr.ExprKind.Kind.COMPREHENSION) {
            return 1 + parts(node).mapToDouble(Estimate::steps).sum();
        }
        CelExpr.CelComprehension loop = node.comprehension();
        return 1
                + steps(loop.iterRange())
                + steps(loop.accuInit())
                + steps(loop.result())
                + items(loop.iterRange()) * (steps(loop.loopCondition()) + steps(loop.loopStep()));
    }

    private static Stream<CelExpr> parts(CelExpr node) {
        return switch (node.getKind()) {
            case SELECT -> Stream.of(node.select().operand());
            case CALL -> Stream.concat(node.call().target().stream(), node.call().args().stream());
            case LIST -> node.list().elements().stream();
            case MAP -> node.map().entries().stream().flatMap(entry -> Stream.of(entry.key(), entry.value()));
            case COMPREHENSION -> {
                CelExpr.CelComprehension loop = node.comprehension();
                yield Stream.of(
                        loop.iterRange(), loop.accuInit(), loop.loopCondition(), loop.loopStep(), loop.result());
            }
            default -> Stream.empty();
        };
    }

    /** Mapping and filtering leave a list no longer than it was. */
    private static double items(CelExpr range) {
        return switch (range.getKind()) {
            case LIST -> range.list().elements().size();
            case MAP -> range.map().entries().size();
            case COMPREHENSION -> items(range.comprehension().iterRange());
            case CALL ->
                range.call().function().equals("_+_")
                        ? range.call().args().stream()
                                .mapToDouble(Estimate::items)
                                .sum()
                        : ITEMS;
            default -> ITEMS;
        };
    }
}
