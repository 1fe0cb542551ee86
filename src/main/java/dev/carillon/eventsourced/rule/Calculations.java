package dev.carillon.eventsourced.rule;

import com.google.re2j.Pattern;
import dev.carillon.eventsourced.rule.Meter.CelProgram;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Compiles CEL over values of any names, for what is written in the rules' language and is no rule. Thread-safe. */
public final class Calculations {

    private static final CelOptions OPTIONS = CelOptions.current()
            .enableHeterogeneousNumericComparisons(true)
            .evaluateCanonicalTypesToNativeValues(true)
            .maxExpressionCodePointSize(10_000)
            .build();

    private final CelRuntime runtime = CelRuntimeFactory.standardCelRuntimeBuilder()
            .setOptions(OPTIONS)
            .setStandardEnvironmentEnabled(false)
            .addFunctionBindings(MeteredFunctions.bindings(OPTIONS))
            .build();

    /** Code that cannot be compiled. */
    public static final class InvalidCalculationException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final int index;

        InvalidCalculationException(int index, String message) {
            super(message);
            this.index = index;
        }

        /** Of the character at fault. */
        public int index() {
            return index;
        }
    }

    /**
     * @param names the values that it may use
     * @throws InvalidCalculationException if it cannot be used
     */
    public Calculation compile(String code, Set<String> names) {
        var builder = CelCompilerFactory.standardCelCompilerBuilder()
                .setOptions(OPTIONS)
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                .addFunctionDeclarations(MixedNumbers.declarations());
        names.forEach(name -> builder.addVar(name, SimpleType.DYN));
        try {
            var tree = builder.build().compile(code).getAst();
            var affordable = Estimate.tooCostly(tree.getExpr());
            if (affordable.isPresent()) {
                throw new InvalidCalculationException(0, "costs too much");
            }
            return new Calculation(code, new CelProgram(runtime.createProgram(tree), Outline.of(tree), patterns(tree)));
        } catch (CelValidationException invalid) {
            CelIssue first = invalid.getErrors().get(0);
            var at = first.getSourceLocation();
            throw new InvalidCalculationException(
                    index(code, at.getLine(), at.getColumn()), worded(first.getMessage(), names));
        } catch (CelEvaluationException unusable) {
            throw new InvalidCalculationException(0, unusable.getMessage());
        }
    }

    private static String worded(String message, Set<String> names) {
        String plain = message.replace(" (in container '')", "");
        return plain.startsWith("undeclared reference")
                ? plain + "; known here: " + String.join(", ", new TreeSet<>(names))
                : plain;
    }

    /** CEL counts lines from 1 and columns from 0. */
    private static int index(String code, int line, int column) {
        int index = 0;
        for (int passed = 1; passed < line; passed++) {
            index = code.indexOf('\n', index) + 1;
        }
        return index + Math.max(0, column);
    }

    private static Map<String, Pattern> patterns(CelAbstractSyntaxTree tree) {
        Map<String, Pattern> patterns = new HashMap<>();
        CelNavigableAst.fromAst(tree)
                .getRoot()
                .allNodes()
                .map(node -> node.expr())
                .filter(node ->
                        node.getKind() == Kind.CALL && node.call().function().equals("matches"))
                .forEach(node -> {
                    var arguments = node.call().args();
                    var text = text(arguments.get(arguments.size() - 1));
                    patterns.computeIfAbsent(text, Calculations::compiled);
                });
        return Map.copyOf(patterns);
    }

    private static Pattern compiled(String pattern) {
        try {
            return Patterns.compile(pattern);
        } catch (IllegalArgumentException unusable) {
            throw new InvalidCalculationException(0, unusable.getMessage());
        }
    }

    private static String text(CelExpr pattern) {
        if (pattern.getKind() != Kind.CONSTANT || pattern.constant().getKind() != CelConstant.Kind.STRING_VALUE) {
            throw new InvalidCalculationException(0, "the pattern must be written out, as a text in quotes");
        }
        return pattern.constant().stringValue();
    }
}
