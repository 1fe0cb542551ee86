package dev.carillon.eventsourced.rule;

import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.SimpleType;
import java.util.ArrayList;
import java.util.List;

/**
 * The type of an event's number in the type check. It goes with int and double, and never with text.
 *
 * <p>It is declared only, never run: at run time the number is an int or a double. Dividing two of them is not
 * declared, because the result would depend on how they happen to be written (7 / 2 is 3, 7 / 2.0 is 3.5).
 */
final class JsonNumber {

    static final CelType TYPE = OpaqueType.create("number");

    private static final List<CelType> OTHERS = List.of(SimpleType.INT, SimpleType.UINT, SimpleType.DOUBLE);

    private JsonNumber() {}

    static List<CelFunctionDecl> declarations() {
        List<CelFunctionDecl> all = new ArrayList<>();
        for (String equality : List.of("_==_", "_!=_")) {
            all.add(declared(equality, withOthers(equality, SimpleType.BOOL)));
        }
        for (String comparison : List.of("_<_", "_<=_", "_>_", "_>=_")) {
            List<CelOverloadDecl> overloads = withOthers(comparison, SimpleType.BOOL);
            overloads.add(overload(comparison, SimpleType.BOOL, TYPE, TYPE));
            all.add(declared(comparison, overloads));
        }
        for (String operator : List.of("_+_", "_-_", "_*_")) {
            List<CelOverloadDecl> overloads = withOthers(operator, TYPE);
            overloads.add(overload(operator, TYPE, TYPE, TYPE));
            all.add(declared(operator, overloads));
        }
        all.add(declared(
                "_/_",
                List.of(
                        overload("_/_", SimpleType.DOUBLE, TYPE, SimpleType.DOUBLE),
                        overload("_/_", SimpleType.DOUBLE, SimpleType.DOUBLE, TYPE))));
        all.add(declared("-_", List.of(overload("-_", TYPE, TYPE))));
        all.add(declared(
                "@in",
                OTHERS.stream()
                        .map(other -> overload("@in", SimpleType.BOOL, TYPE, ListType.create(other)))
                        .toList()));
        for (CelType target : List.of(SimpleType.INT, SimpleType.DOUBLE, SimpleType.STRING)) {
            all.add(declared(target.name(), List.of(overload(target.name(), target, TYPE))));
        }
        return all;
    }

    private static List<CelOverloadDecl> withOthers(String operator, CelType result) {
        List<CelOverloadDecl> overloads = new ArrayList<>();
        for (CelType other : OTHERS) {
            overloads.add(overload(operator, result, TYPE, other));
            overloads.add(overload(operator, result, other, TYPE));
        }
        return overloads;
    }

    private static CelFunctionDecl declared(String operator, List<CelOverloadDecl> overloads) {
        return CelFunctionDecl.newFunctionDeclaration(operator, overloads);
    }

    private static CelOverloadDecl overload(String operator, CelType result, CelType... arguments) {
        StringBuilder id = new StringBuilder("json").append(operator);
        for (CelType argument : arguments) {
            id.append('_').append(argument.name());
        }
        return CelOverloadDecl.newGlobalOverload(id.toString(), result, arguments);
    }
}
