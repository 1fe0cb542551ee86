package dev.carillon.eventsourced.rule;

import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A variable that an expression can use. */
enum ScopeVariable {
    EVENT("event", MapType.create(SimpleType.STRING, SimpleType.DYN)),
    EARLIER("earlier", MapType.create(SimpleType.STRING, SimpleType.DYN)),
    ORDER("order", MapType.create(SimpleType.STRING, SimpleType.DYN)),
    PRODUCT("product", MapType.create(SimpleType.STRING, SimpleType.DYN)),
    CUSTOMER("customer", MapType.create(SimpleType.STRING, SimpleType.DYN)),
    COLLECTED("collected", ListType.create(SimpleType.DYN));

    private static final Map<String, ScopeVariable> BY_NAME =
            Arrays.stream(values()).collect(Collectors.toMap(variable -> variable.cel, Function.identity()));

    final String cel;
    final CelType type;

    ScopeVariable(String cel, CelType type) {
        this.cel = cel;
        this.type = type;
    }

    static Optional<ScopeVariable> named(String cel) {
        return Optional.ofNullable(BY_NAME.get(cel));
    }

    /** The fact behind the variable, if it is one that memory holds. */
    Optional<Fact> fact() {
        return switch (this) {
            case EVENT, EARLIER, COLLECTED -> Optional.empty();
            case ORDER -> Optional.of(Fact.ORDER);
            case PRODUCT -> Optional.of(Fact.PRODUCT);
            case CUSTOMER -> Optional.of(Fact.CUSTOMER);
        };
    }
}
