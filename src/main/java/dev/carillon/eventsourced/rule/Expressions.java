package dev.carillon.eventsourced.rule;

import com.google.re2j.Pattern;
import dev.carillon.eventsourced.rule.InvalidRuleException.RuleProblem;
import dev.carillon.eventsourced.rule.Meter.CelProgram;
import dev.carillon.platform.value.DidYouMean;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelOptions;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.navigation.CelNavigableExpr;
import dev.cel.common.types.CelType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.parser.Operator;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.cel.validator.CelValidator;
import dev.cel.validator.CelValidatorFactory;
import dev.cel.validator.validators.DurationLiteralValidator;
import dev.cel.validator.validators.TimestampLiteralValidator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Compiles and checks the CEL of rules. What passes can fail at run time only because an event lacks something. */
final class Expressions {

    private static final Set<String> EVENT_ATTRIBUTES =
            Set.of("id", "type", "source", "subject", "time", "data", "traits");

    private static final CelOptions OPTIONS = CelOptions.current()
            .enableHeterogeneousNumericComparisons(true)
            .evaluateCanonicalTypesToNativeValues(true)
            .maxExpressionCodePointSize(10_000)
            .build();

    private final CelRuntime runtime;

    /** The literal validators need protobuf's time types, which the runtime above is configured not to use. */
    private final CelRuntime literals;

    private final Map<Set<ScopeVariable>, CelCompiler> compilers;

    private final EventShapes shapes;

    private final ReadingBounds bounds;

    private final List<EventPattern> types;

    /** Of the event that {@code earlier} is. */
    private final List<EventPattern> earlier;

    private final @Nullable TypeCheck typeCheck;

    /** What authors should know; shared by all that were derived from the same. */
    private final Set<RuleProblem> warnings;

    Expressions(EventShapes shapes, ReadingBounds bounds) {
        this.runtime = CelRuntimeFactory.standardCelRuntimeBuilder()
                .setOptions(OPTIONS)
                .setStandardEnvironmentEnabled(false)
                .addFunctionBindings(MeteredFunctions.bindings(OPTIONS))
                .build();
        this.literals = CelRuntimeFactory.standardCelRuntimeBuilder().build();
        this.compilers = new HashMap<>();
        this.shapes = shapes;
        this.bounds = bounds;
        this.types = List.of();
        this.earlier = List.of();
        this.typeCheck = null;
        this.warnings = new LinkedHashSet<>();
    }

    private Expressions(Expressions untyped, List<EventPattern> types, List<EventPattern> earlier) {
        this.runtime = untyped.runtime;
        this.literals = untyped.literals;
        this.compilers = untyped.compilers;
        this.shapes = untyped.shapes;
        this.bounds = untyped.bounds;
        this.types = types;
        this.earlier = earlier;
        this.warnings = untyped.warnings;
        this.typeCheck = EventTyping.of(types, shapes)
                .map(typing -> new TypeCheck(typing, Expressions::builder))
                .orElse(null);
    }

    /**
     * For expressions whose {@code event} has one of these types: checked against their shapes if all of them have one.
     */
    Expressions about(List<EventPattern> types) {
        return new Expressions(this, types, earlier);
    }

    /** For expressions whose {@code earlier} has one of these types. */
    Expressions after(List<EventPattern> earlier) {
        return new Expressions(this, types, earlier);
    }

    /** What is allowed, and most likely a slip: of all expressions so far, and of what else was reported. */
    List<RuleProblem> warnings() {
        return List.copyOf(warnings);
    }

    /** A type under {@code on} that nothing describes. */
    void warnOfUnknown(EventPattern type, Function<String, InvalidRuleException> at) {
        if (shapes.byType().keySet().stream().noneMatch(type::matches)) {
            warnings.addAll(at.apply(type.text()
                            + " is no event type that has a schema, so nothing is known of its fields"
                            + DidYouMean.hint(type.text(), shapes.byType().keySet()))
                    .problems());
        }
    }

    /** For expressions that are asked of these events, too. */
    Expressions alsoAbout(List<EventPattern> more) {
        return about(Stream.concat(types.stream(), more.stream()).toList());
    }

    /** Compiles an expression that may use these variables and must give the expected. */
    Expression compile(Snippet snippet, Set<ScopeVariable> available, ResultType expected) {
        CelAbstractSyntaxTree tree = checked(snippet, available);
        CelType given = typeCheck == null ? tree.getResultType() : typeCheck.resultOf(snippet, available, tree);
        warnings.addAll(new UncheckedFields(Map.of(ScopeVariable.EVENT, types, ScopeVariable.EARLIER, earlier), shapes)
                .of(snippet, tree));
        if (!expected.admits(given)) {
            throw snippet.problem(0, "must give " + expected + ", but gives " + given.name());
        }
        Set<ScopeVariable> uses = EnumSet.noneOf(ScopeVariable.class);
        Set<ScopeVariable> loads = EnumSet.noneOf(ScopeVariable.class);
        Map<String, Pattern> patterns = new HashMap<>();
        List<CelNavigableExpr> nodes =
                CelNavigableAst.fromAst(tree).getRoot().allNodes().toList();
        bounds.tooMuchWith(nodes.size()).ifPresent(detail -> {
            throw snippet.problem(0, detail);
        });
        nodes.forEach(node -> {
            requireKnownAttribute(snippet, tree, node);
            patternOf(node)
                    .ifPresent(pattern -> patterns.computeIfAbsent(
                            literal(snippet, tree, pattern), text -> compiled(snippet, tree, pattern)));
            if (node.getKind() == Kind.IDENT) {
                Optional<ScopeVariable> variable =
                        ScopeVariable.named(node.expr().ident().name());
                variable.ifPresent(uses::add);
                variable.filter(named -> !isJustTheCustomerId(node)).ifPresent(loads::add);
            }
        });
        requireAffordable(snippet, tree);
        CelProgram program = new CelProgram(program(snippet, tree), Outline.of(tree), Map.copyOf(patterns));
        return new Expression(
                snippet.onOneLine(),
                FieldPath.of(tree.getExpr()).orElse(null),
                program,
                Set.copyOf(uses),
                Set.copyOf(loads));
    }

    /** None of the literals that an expression can give may be one that {@code wrong} reports. */
    void requireLiterals(Snippet snippet, Set<ScopeVariable> available, Function<String, Optional<String>> wrong) {
        CelAbstractSyntaxTree tree = checked(snippet, available);
        literals(tree.getExpr())
                .forEach(literal -> wrong.apply(text(literal.constant())).ifPresent(detail -> {
                    throw snippet.problem(tree, literal.id(), detail);
                }));
    }

    /** The literals it can give: itself, or a branch of it. */
    private static Stream<CelExpr> literals(CelExpr expr) {
        if (expr.getKind() == Kind.CALL && expr.call().function().equals(Operator.CONDITIONAL.getFunction())) {
            return expr.call().args().stream().skip(1).flatMap(Expressions::literals);
        }
        return expr.getKind() == Kind.CONSTANT ? Stream.of(expr) : Stream.empty();
    }

    private static String text(CelConstant literal) {
        return switch (literal.getKind()) {
            case STRING_VALUE -> literal.stringValue();
            case NULL_VALUE -> "";
            default -> literal.toString();
        };
    }

    private CelAbstractSyntaxTree checked(Snippet snippet, Set<ScopeVariable> available) {
        bounds.goOn();
        CelCompiler compiler = compilers.computeIfAbsent(EnumSet.copyOf(available), Expressions::compiler);
        UnaryOperator<String> words = message -> worded(message, available);
        CelAbstractSyntaxTree tree = snippet.treeOf(compiler.compile(snippet.code()), words);
        CelValidator literalsOfTime = CelValidatorFactory.standardCelValidatorBuilder(compiler, literals)
                .addAstValidators(TimestampLiteralValidator.INSTANCE, DurationLiteralValidator.INSTANCE)
                .build();
        return snippet.treeOf(literalsOfTime.validate(tree), words);
    }

    private static CelCompiler compiler(Set<ScopeVariable> available) {
        var builder = builder();
        available.forEach(variable -> builder.addVar(variable.cel, variable.type));
        return builder.build();
    }

    private static CelCompilerBuilder builder() {
        return CelCompilerFactory.standardCelCompilerBuilder()
                .setOptions(OPTIONS)
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                .addFunctionDeclarations(MixedNumbers.declarations());
    }

    private static String worded(String message, Set<ScopeVariable> available) {
        String plain = message.replace(" (in container '')", "");
        if (!plain.startsWith("undeclared reference")) {
            return plain;
        }
        List<String> names =
                available.stream().map(variable -> variable.cel).sorted().toList();
        return plain + "; known here: " + names.stream().collect(Collectors.joining(", "));
    }

    /** The attributes of an event are a closed set, so a misspelt one is an error now and not a "no" for ever. */
    private static void requireKnownAttribute(Snippet snippet, CelAbstractSyntaxTree tree, CelNavigableExpr node) {
        if (node.getKind() != Kind.SELECT || !isEvent(node.expr().select().operand())) {
            return;
        }
        String attribute = node.expr().select().field();
        if (!EVENT_ATTRIBUTES.contains(attribute)) {
            throw snippet.problem(
                    tree,
                    node.id(),
                    "an event has no '" + attribute + "', only "
                            + EVENT_ATTRIBUTES.stream().sorted().collect(Collectors.joining(", ")));
        }
    }

    /** Nested loops and list literals show before any event what an expression will cost. */
    private static void requireAffordable(Snippet snippet, CelAbstractSyntaxTree tree) {
        Estimate.tooCostly(tree.getExpr()).ifPresent(part -> {
            throw snippet.problem(
                    tree,
                    part.id(),
                    "costs too much: with lists of " + Estimate.ITEMS + " items it takes more than the " + Budget.ANSWER
                            + " steps that one answer may take");
        });
    }

    private static Optional<CelExpr> patternOf(CelNavigableExpr node) {
        if (node.getKind() != Kind.CALL || !node.expr().call().function().equals("matches")) {
            return Optional.empty();
        }
        List<CelExpr> arguments = node.expr().call().args();
        return Optional.of(arguments.get(arguments.size() - 1));
    }

    /** The author of the data must not choose the pattern: compiling and matching it may take any time. */
    private static String literal(Snippet snippet, CelAbstractSyntaxTree tree, CelExpr pattern) {
        if (pattern.getKind() != Kind.CONSTANT) {
            throw snippet.problem(
                    tree,
                    pattern.id(),
                    "the pattern must be written out, as a text in quotes; see startsWith, endsWith and contains");
        }
        return pattern.constant().stringValue();
    }

    private Pattern compiled(Snippet snippet, CelAbstractSyntaxTree tree, CelExpr pattern) {
        try {
            Pattern compiled = Patterns.compile(pattern.constant().stringValue());
            bounds.tooMuchWithPattern(compiled.programSize()).ifPresent(detail -> {
                throw snippet.problem(tree, pattern.id(), detail);
            });
            return compiled;
        } catch (IllegalArgumentException unusable) {
            throw snippet.problem(tree, pattern.id(), unusable.getMessage());
        }
    }

    /** The id of the customer is at hand for everyone decided about, so naming it is no reason to load more. */
    private static boolean isJustTheCustomerId(CelNavigableExpr node) {
        return isIdent(node.expr(), ScopeVariable.CUSTOMER)
                && node.parent()
                        .filter(parent -> parent.getKind() == Kind.SELECT)
                        .filter(parent -> parent.expr().select().field().equals("id"))
                        .isPresent();
    }

    private static boolean isEvent(CelExpr expr) {
        return isIdent(expr, ScopeVariable.EVENT) || isIdent(expr, ScopeVariable.EARLIER);
    }

    private static boolean isIdent(CelExpr expr, ScopeVariable variable) {
        return expr.getKind() == Kind.IDENT && expr.ident().name().equals(variable.cel);
    }

    private CelRuntime.Program program(Snippet snippet, CelAbstractSyntaxTree tree) {
        try {
            return runtime.createProgram(tree);
        } catch (CelEvaluationException unusable) {
            throw snippet.problem(0, unusable.getMessage());
        }
    }
}
