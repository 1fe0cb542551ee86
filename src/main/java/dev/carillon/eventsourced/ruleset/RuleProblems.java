package dev.carillon.eventsourced.ruleset;

import dev.carillon.eventsourced.rule.InvalidRuleException;
import dev.carillon.eventsourced.rule.InvalidRuleException.RuleProblem;
import dev.carillon.platform.rest.Pointers;
import dev.carillon.platform.rest.Problem;
import dev.carillon.platform.rest.Problem.FieldError;
import dev.carillon.platform.rest.ProblemException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Turns errors in rules into problem answers: each with field, line and column. */
final class RuleProblems {

    private RuleProblems() {}

    static Problem of(InvalidRuleException broken) {
        var problem = Problem.invalid(fields(broken.problems()));
        var rule = broken.problems().get(0).rule();
        return rule == null ? problem : problem.with("rule", rule);
    }

    static List<FieldError> fields(List<RuleProblem> problems) {
        return problems.stream()
                .map(one -> new FieldError(one.message(), pointer(one.field()), one.line(), one.column()))
                .toList();
    }

    static ProblemException notCheckedWithin(Duration time, String pointer) {
        return new ProblemException(Problem.invalid(
                pointer, "could not be checked within " + time.toSeconds() + " s; is too large, or written too deep"));
    }

    private static String pointer(@Nullable String field) {
        return field == null
                ? ""
                : Arrays.stream(field.split("\\.")).map(Pointers::step).collect(Collectors.joining());
    }
}
