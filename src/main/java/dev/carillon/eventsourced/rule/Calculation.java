package dev.carillon.eventsourced.rule;

import dev.carillon.eventsourced.rule.Meter.CelProgram;
import dev.cel.runtime.CelEvaluationException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Compiled CEL over named values; see {@link Calculations}. */
public final class Calculation {

    private final String code;
    private final CelProgram program;

    /** It has no value: something that it names is not there, or it takes too many steps. */
    public static final class NoValueException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        NoValueException(String message) {
            super(message, null, false, false);
        }
    }

    Calculation(String code, CelProgram program) {
        this.code = code;
        this.program = program;
    }

    public String code() {
        return code;
    }

    /**
     * @param values by name: texts, numbers, booleans, lists, maps and null
     * @throws NoValueException if it has none
     */
    public @Nullable Object value(Map<String, ? extends @Nullable Object> values) {
        var budget = new Budget(Budget.ANSWER);
        try {
            var value = new Meter(program, budget)
                    .run(name -> values.containsKey(name)
                            ? Optional.of(CelValue.toCel(values.get(name)))
                            : Optional.empty());
            return CelValue.fromCel(value, budget);
        } catch (Budget.Spent spent) {
            throw new NoValueException(code + ": takes too many steps");
        } catch (CelEvaluationException unanswerable) {
            throw new NoValueException(code + ": " + unanswerable.getErrorCode());
        }
    }

    /** Whether it is true; anything else is not. */
    public boolean holds(Map<String, ? extends @Nullable Object> values) {
        return Boolean.TRUE.equals(value(values));
    }

    /** The value as it stands in keys and ids: a text, a boolean, or a number in its one plain form. */
    public String text(Map<String, ? extends @Nullable Object> values) {
        return CelValue.text(value(values)).orElseThrow(() -> new NoValueException(code + ": gives no text"));
    }
}
