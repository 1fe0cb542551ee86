package dev.carillon.eventsourced.rule;

import dev.carillon.eventsourced.rule.EventShapes.FieldShape;
import dev.carillon.eventsourced.rule.InvalidRuleException.RuleProblem;
import dev.carillon.platform.value.DidYouMean;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.navigation.CelNavigableExpr;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What an author should know about fields that are allowed, but that no schema has: {@code event.data['newPrize']}, a field of
 * {@code earlier}, a field of types that a prefix names. They are warnings, because events may bring more than their schemas say.
 */
final class UncheckedFields {

    private final Map<ScopeVariable, List<EventPattern>> types;
    private final EventShapes shapes;
    private final Set<RuleProblem> found = new LinkedHashSet<>();

    private record DataField(ScopeVariable of, String name) {}

    /** @param types the types that a variable's event may have */
    UncheckedFields(Map<ScopeVariable, List<EventPattern>> types, EventShapes shapes) {
        this.types = types;
        this.shapes = shapes;
    }

    /** @return the fields of an expression that none of its events' schemas has */
    Collection<RuleProblem> of(Snippet snippet, CelAbstractSyntaxTree tree) {
        CelNavigableAst.fromAst(tree)
                .getRoot()
                .allNodes()
                .forEach(node -> fieldOf(node).ifPresent(field -> look(field, snippet, tree, node)));
        return found;
    }

    private void look(DataField field, Snippet snippet, CelAbstractSyntaxTree tree, CelNavigableExpr node) {
        var patterns = types.getOrDefault(field.of(), List.of());
        fieldsOf(patterns)
                .filter(known -> !known.contains(field.name()))
                .ifPresent(known -> found.addAll(snippet.problem(
                                tree,
                                node.id(),
                                field.of().cel + ".data." + field.name() + " is not in the schema of " + names(patterns)
                                        + DidYouMean.hint(field.name(), known))
                        .problems()));
    }

    /** What any of them has; empty if one of them may have anything. */
    private Optional<Set<String>> fieldsOf(List<EventPattern> patterns) {
        var known = new TreeSet<String>();
        for (var pattern : patterns) {
            var described = shapes.byType().entrySet().stream()
                    .filter(type -> pattern.matches(type.getKey()))
                    .map(Map.Entry::getValue)
                    .toList();
            if (described.isEmpty()) {
                return Optional.empty();
            }
            described.stream().map(Map<String, FieldShape>::keySet).forEach(known::addAll);
        }
        return patterns.isEmpty() ? Optional.empty() : Optional.of(known);
    }

    private static String names(List<EventPattern> patterns) {
        return String.join(
                " or ", patterns.stream().map(EventPattern::text).distinct().toList());
    }

    private static Optional<DataField> fieldOf(CelNavigableExpr node) {
        if (node.getKind() == Kind.SELECT) {
            var select = node.expr().select();
            return dataOf(select.operand()).map(of -> new DataField(of, select.field()));
        }
        if (node.getKind() != Kind.CALL || node.expr().call().args().size() != 2) {
            return Optional.empty();
        }
        var args = node.expr().call().args();
        return switch (node.expr().call().function()) {
            case "_[_]" -> named(args.get(0), args.get(1));
            case "@in" -> named(args.get(1), args.get(0));
            default -> Optional.empty();
        };
    }

    private static Optional<DataField> named(CelExpr data, CelExpr name) {
        return name.getKind() == Kind.CONSTANT
                        && name.constant().getKind() == dev.cel.common.ast.CelConstant.Kind.STRING_VALUE
                ? dataOf(data).map(of -> new DataField(of, name.constant().stringValue()))
                : Optional.empty();
    }

    /** The variable whose {@code data} the expression is. */
    private static Optional<ScopeVariable> dataOf(CelExpr expr) {
        return expr.getKind() == Kind.SELECT
                        && expr.select().field().equals("data")
                        && expr.select().operand().getKind() == Kind.IDENT
                ? ScopeVariable.named(expr.select().operand().ident().name())
                : Optional.empty();
    }
}
