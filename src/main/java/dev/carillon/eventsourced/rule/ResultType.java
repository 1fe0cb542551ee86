package dev.carillon.eventsourced.rule;

import dev.cel.common.types.CelKind;
import dev.cel.common.types.CelType;
import java.util.EnumSet;
import java.util.Set;

/** The type an expression must give. It is checked at load as far as the type is known then. */
enum ResultType {
    BOOL("a bool", EnumSet.of(CelKind.BOOL)),
    SCALAR(
            "text or a number",
            EnumSet.of(
                    CelKind.STRING,
                    CelKind.INT,
                    CelKind.UINT,
                    CelKind.DOUBLE,
                    CelKind.BOOL,
                    CelKind.TIMESTAMP,
                    CelKind.OPAQUE)),
    LIST("a list", EnumSet.of(CelKind.LIST)),
    ANYTHING("a value", EnumSet.complementOf(EnumSet.of(CelKind.TYPE, CelKind.ERROR)));

    private final String words;
    private final Set<CelKind> kinds;

    ResultType(String words, Set<CelKind> kinds) {
        this.words = words;
        this.kinds = kinds;
    }

    boolean admits(CelType type) {
        return type.kind().isDyn() || kinds.contains(type.kind());
    }

    @Override
    public String toString() {
        return words;
    }
}
