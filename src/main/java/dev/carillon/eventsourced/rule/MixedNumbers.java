package dev.carillon.eventsourced.rule;

import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelFunctionBinding;
import java.util.List;
import java.util.function.DoubleBinaryOperator;

/** Arithmetic between int and double, which CEL lacks. In JSON, 100 and 99.5 are the same kind of price. */
final class MixedNumbers {

    private record Operator(String cel, String name, DoubleBinaryOperator calculate) {
        String wholeFirst() {
            return name + "_int64_double";
        }

        String wholeSecond() {
            return name + "_double_int64";
        }
    }

    private static final List<Operator> OPERATORS = List.of(
            new Operator("_+_", "add", Double::sum),
            new Operator("_-_", "subtract", (left, right) -> left - right),
            new Operator("_*_", "multiply", (left, right) -> left * right),
            new Operator("_/_", "divide", (left, right) -> left / right));

    private MixedNumbers() {}

    static List<CelFunctionDecl> declarations() {
        return OPERATORS.stream()
                .map(operator -> CelFunctionDecl.newFunctionDeclaration(
                        operator.cel(),
                        CelOverloadDecl.newGlobalOverload(
                                operator.wholeFirst(), SimpleType.DOUBLE, SimpleType.INT, SimpleType.DOUBLE),
                        CelOverloadDecl.newGlobalOverload(
                                operator.wholeSecond(), SimpleType.DOUBLE, SimpleType.DOUBLE, SimpleType.INT)))
                .toList();
    }

    static List<CelFunctionBinding> bindings() {
        return OPERATORS.stream()
                .flatMap(operator -> List.of(
                        CelFunctionBinding.from(
                                operator.wholeFirst(),
                                Long.class,
                                Double.class,
                                (left, right) -> operator.calculate().applyAsDouble(left, right)),
                        CelFunctionBinding.from(
                                operator.wholeSecond(),
                                Double.class,
                                Long.class,
                                (left, right) -> operator.calculate().applyAsDouble(left, right)))
                        .stream())
                .toList();
    }
}
