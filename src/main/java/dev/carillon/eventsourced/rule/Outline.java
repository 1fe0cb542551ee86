package dev.carillon.eventsourced.rule;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.navigation.CelNavigableAst;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How the nodes of an expression depend on each other, computed once.
 *
 * <p>CEL reports a node only when it has a value. After the last operand of a call, a selection or a list, only that
 * node itself can come next. If something else does, the node has failed.
 */
final class Outline {

    /** What CEL does with a node's value, besides passing it on. */
    enum Role {
        PLAIN,
        /** Hashes all of it. */
        KEY,
        /** Quotes all of it in an exception unless it is a bool. */
        CONDITION,
        /** Fails unless it is a list or a map. */
        RANGE
    }

    private final int[] next;
    private final Role[] roles;

    private Outline(int size) {
        this.next = new int[size];
        this.roles = new Role[size];
        Arrays.fill(roles, Role.PLAIN);
    }

    static Outline of(CelAbstractSyntaxTree tree) {
        List<CelExpr> nodes = CelNavigableAst.fromAst(tree)
                .getRoot()
                .allNodes()
                .map(node -> node.expr())
                .toList();
        Outline outline =
                new Outline((int) nodes.stream().mapToLong(CelExpr::id).max().orElse(0) + 1);
        nodes.forEach(outline::note);
        return outline;
    }

    /** The node whose value must come right after this node's; 0 if it may be any. */
    int after(long node) {
        return next[(int) node];
    }

    Role roleOf(long node) {
        return roles[(int) node];
    }

    private void note(CelExpr node) {
        switch (node.getKind()) {
            case SELECT -> last(node.select().operand(), node);
            case CALL -> call(node);
            case LIST ->
                node.list().elements().stream()
                        .reduce((first, second) -> second)
                        .ifPresent(item -> last(item, node));
            case MAP ->
                node.map().entries().forEach(entry -> {
                    is(entry.key(), Role.KEY);
                    last(entry.value(), node);
                });
            case COMPREHENSION -> {
                is(node.comprehension().iterRange(), Role.RANGE);
                is(node.comprehension().loopCondition(), Role.CONDITION);
                last(node.comprehension().result(), node);
            }
            default -> {}
        }
    }

    private void call(CelExpr node) {
        List<CelExpr> operands = new ArrayList<>(node.call().args());
        node.call().target().ifPresent(target -> operands.add(0, target));
        switch (node.call().function()) {
            case "_&&_", "_||_", "@not_strictly_false" -> operands.forEach(operand -> is(operand, Role.CONDITION));
            case "_?_:_" -> is(operands.get(0), Role.CONDITION);
            default -> {
                if (!operands.isEmpty()) {
                    last(operands.get(operands.size() - 1), node);
                }
            }
        }
    }

    private void last(CelExpr operand, CelExpr node) {
        next[(int) operand.id()] = (int) node.id();
    }

    private void is(CelExpr node, Role role) {
        roles[(int) node.id()] = role;
    }
}
