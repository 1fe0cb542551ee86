package dev.carillon.eventsourced.rule;

import dev.carillon.eventsourced.rule.Meter.CelProgram;
import dev.carillon.platform.body.Unstorable;
import dev.cel.common.CelErrorCode;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelUnknownSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A compiled CEL expression. Having no value is a normal result, never an exception, unless the expression costs too
 * much.
 *
 * @param text  the CEL, on one line
 * @param place where it points if it does nothing else; null if it calculates
 * @param uses  the variables it names
 * @param loads the variables that must be loaded to evaluate it: those it names, but not the customer for the id alone
 */
record Expression(
        String text, @Nullable FieldPath place, CelProgram program, Set<ScopeVariable> uses, Set<ScopeVariable> loads) {

    /** As of a business key at the API. Longer texts fit into no index. */
    private static final int LONGEST_KEY = 400;

    private static final Pattern MISSING_FIELD = Pattern.compile("(?:key|Error resolving field) '([^']*)'");

    /** @throws TooCostlyException when the scope's budget does not last */
    ExpressionResult value(Scope scope) {
        try {
            Object value = new Meter(program, scope.budget()).run(scope);
            return value instanceof CelUnknownSet
                    ? failed("is not known")
                    : ExpressionResult.of(asSent(scope, CelValue.fromCel(value, scope.budget())));
        } catch (Budget.Spent spent) {
            throw new TooCostlyException(text);
        } catch (CelEvaluationException unanswerable) {
            return failed(worded(unanswerable));
        }
    }

    /** CEL counts in doubles: an amount that is only pointed at is handed on with all the digits it was sent with. */
    private @Nullable Object asSent(Scope scope, @Nullable Object value) {
        boolean mayHaveLost =
                place != null && (value instanceof Double || value instanceof List || value instanceof Map);
        Object sent = mayHaveLost ? scope.at(place) : null;
        return sent == null ? value : sent;
    }

    /** The value as text for a key, which must be a scalar, not blank, and what an index can hold. */
    ExpressionResult scalar(Scope scope) {
        ExpressionResult outcome = value(scope);
        if (outcome.failed()) {
            return outcome;
        }
        return CelValue.text(outcome.value())
                .map(key -> unfit(key).map(this::failed).orElseGet(() -> ExpressionResult.of(key)))
                .orElseGet(() -> failed("gives no text"));
    }

    /** Why a text can be no key; empty if it can. */
    private static Optional<String> unfit(String key) {
        return tooLong(key).or(() -> Unstorable.in(key).map(what -> "gives a text with a " + what));
    }

    static Optional<String> tooLong(String key) {
        return key.length() > LONGEST_KEY
                ? Optional.of("gives " + key.length() + " characters, and a key has " + LONGEST_KEY + " at most")
                : Optional.empty();
    }

    private ExpressionResult failed(String why) {
        return ExpressionResult.failed(text + ": " + why);
    }

    /** CEL's own messages may quote values, and those may be personal; only names that stand in the rule itself are repeated. */
    private String worded(CelEvaluationException unanswerable) {
        CelErrorCode code = unanswerable.getErrorCode();
        return switch (code) {
            case ATTRIBUTE_NOT_FOUND -> missing(unanswerable.getMessage());
            case INDEX_OUT_OF_BOUNDS -> "no such list entry";
            case OVERLOAD_NOT_FOUND, AMBIGUOUS_OVERLOAD -> "the types do not fit";
            case DIVIDE_BY_ZERO -> "division by zero";
            case NUMERIC_OVERFLOW -> "number out of range";
            case ITERATION_BUDGET_EXCEEDED -> "too many steps";
            case INVALID_ARGUMENT, BAD_FORMAT -> "a value has the wrong form";
            case DUPLICATE_ATTRIBUTE, TYPE_NOT_FOUND, INTERNAL_ERROR -> "cannot be evaluated (" + code + ")";
        };
    }

    private String missing(String message) {
        Matcher named = MISSING_FIELD.matcher(message);
        return named.find() && text.contains(named.group(1)) ? "no field '" + named.group(1) + "'" : "no such field";
    }
}
