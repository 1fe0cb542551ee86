package dev.carillon.eventsourced.rule;

import com.google.re2j.Pattern;
import dev.cel.common.ast.CelExpr;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelEvaluationListener;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelVariableResolver;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Charges the budget for one evaluation of an expression, node by node. */
final class Meter implements CelEvaluationListener {

    /** CEL hands a function its arguments and nothing else, so the meter that runs is found by its thread. */
    private static final ThreadLocal<@Nullable Meter> RUNNING = new ThreadLocal<>();

    /** A compiled expression, with what its meter needs to know. */
    record CelProgram(CelRuntime.Program program, Outline outline, Map<String, Pattern> patterns) {}

    private final CelProgram program;
    private final Budget budget;
    private int awaited;

    Meter(CelProgram program, Budget budget) {
        this.program = program;
        this.budget = budget;
    }

    static Meter running() {
        return Objects.requireNonNull(RUNNING.get(), "a function of a rule was called outside of its evaluation");
    }

    @Nullable
    Object run(CelVariableResolver values) throws CelEvaluationException {
        RUNNING.set(this);
        try {
            return program.program().trace(values, this);
        } finally {
            RUNNING.remove();
        }
    }

    Budget budget() {
        return budget;
    }

    /** Patterns are literals, compiled with the expression. */
    Pattern pattern(String text) {
        return Objects.requireNonNull(program.patterns().get(text), "a pattern that was not compiled");
    }

    @Override
    public void callback(CelExpr node, Object value) {
        budget.spend(awaited == 0 || awaited == node.id() ? 1 : Budget.FAILURE);
        Outline outline = program.outline();
        awaited = outline.after(node.id());
        switch (outline.roleOf(node.id())) {
            case KEY -> budget.spendOn(value);
            case CONDITION -> {
                if (!(value instanceof Boolean)) {
                    budget.spend(Budget.FAILURE);
                    budget.spendOn(value);
                }
            }
            case RANGE -> budget.spend(value instanceof List || value instanceof Map ? 0 : Budget.FAILURE);
            case PLAIN -> {}
        }
    }
}
