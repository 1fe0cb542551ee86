package dev.carillon.eventsourced.rule;

import dev.carillon.eventsourced.rule.InvalidRuleException.RuleProblem;
import dev.carillon.platform.value.DidYouMean;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.types.CelType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Checks expressions against the shapes of their event types. It does nothing else; the program is compiled elsewhere.
 */
final class TypeCheck {

    private static final Pattern NO_OVERLOAD = Pattern.compile(
            "found no matching overload for '(.+?)' applied to '(.*?)' \\(candidates.*", Pattern.DOTALL);

    private final EventTyping typing;
    private final Supplier<CelCompilerBuilder> builder;
    private final Map<Set<ScopeVariable>, CelCompiler> compilers = new HashMap<>();

    TypeCheck(EventTyping typing, Supplier<CelCompilerBuilder> builder) {
        this.typing = typing;
        this.builder = builder;
    }

    /** The type an expression gives, as far as the shapes say. */
    CelType resultOf(Snippet snippet, Set<ScopeVariable> available, CelAbstractSyntaxTree untyped) {
        requireKnownFields(snippet, untyped);
        CelCompiler compiler = compilers.computeIfAbsent(EnumSet.copyOf(available), this::compiler);
        return snippet.treeOf(compiler.compile(snippet.code()), TypeCheck::worded)
                .getResultType();
    }

    private CelCompiler compiler(Set<ScopeVariable> available) {
        CelCompilerBuilder typed = builder.get().setTypeProvider(typing).addFunctionDeclarations(typing.declarations());
        available.forEach(variable ->
                typed.addVar(variable.cel, variable == ScopeVariable.EVENT ? typing.event() : variable.type));
        return typed.build();
    }

    /** CEL would say the same, but not which fields there are. All of them are named at once. */
    private void requireKnownFields(Snippet snippet, CelAbstractSyntaxTree tree) {
        List<RuleProblem> unknown = CelNavigableAst.fromAst(tree)
                .getRoot()
                .allNodes()
                .filter(node -> node.getKind() == Kind.SELECT)
                .flatMap(node ->
                        unknownField(snippet, tree, node.id(), node.expr().select()).stream())
                .distinct()
                .toList();
        if (!unknown.isEmpty()) {
            throw new InvalidRuleException(unknown);
        }
    }

    private List<RuleProblem> unknownField(
            Snippet snippet, CelAbstractSyntaxTree tree, long node, CelExpr.CelSelect select) {
        return pathOf(select.operand())
                .flatMap(typing::fieldsAt)
                .filter(known -> !known.containsKey(select.field()))
                .map(known -> snippet.problem(
                                tree,
                                node,
                                "no field '" + select.field() + "' in the event's data"
                                        + DidYouMean.to(select.field(), known.keySet())
                                                .map(near -> "; did you mean " + near + "? Known")
                                                .orElse("; known")
                                        + " are " + String.join(", ", known.keySet()))
                        .problems())
                .orElse(List.of());
    }

    /** The steps below {@code event.data} that an expression selects; empty for any other expression. */
    private static Optional<List<String>> pathOf(CelExpr expr) {
        List<String> path = new ArrayList<>();
        CelExpr reached = expr;
        while (reached.getKind() == Kind.SELECT) {
            path.add(0, reached.select().field());
            reached = reached.select().operand();
        }
        boolean ofData = reached.getKind() == Kind.IDENT
                && reached.ident().name().equals(ScopeVariable.EVENT.cel)
                && !path.isEmpty()
                && path.get(0).equals("data");
        return ofData ? Optional.of(path.subList(1, path.size())) : Optional.empty();
    }

    private static String worded(String message) {
        Matcher overload = NO_OVERLOAD.matcher(message);
        if (!overload.matches()) {
            return message;
        }
        String operator = overload.group(1).replace("_", "").replace("@", "");
        String hint =
                operator.equals("/") && overload.group(2).contains("number") ? "; say double(…) of one of them" : "";
        return "'" + operator + "' does not go with " + overload.group(2) + hint;
    }
}
