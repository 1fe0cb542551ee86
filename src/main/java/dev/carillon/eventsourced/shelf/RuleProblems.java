package dev.carillon.eventsourced.shelf;

import dev.carillon.eventsourced.rule.InvalidRuleException;
import dev.carillon.platform.problem.Pointers;
import dev.carillon.platform.problem.Problem;
import dev.carillon.platform.problem.Problem.FieldError;
import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Rules that cannot be used, as the API says it: every problem with field, line and column. */
final class RuleProblems {

    private RuleProblems() {
    }

    static Problem of(InvalidRuleException broken) {
        var problem = Problem.invalid(broken.problems().stream()
                .map(one -> new FieldError(one.message(), pointer(one.field()), one.line(), one.column())).toList());
        var rule = broken.problems().get(0).rule();
        return rule == null ? problem : problem.with("rule", rule);
    }

    private static String pointer(@Nullable String field) {
        return field == null ? "" : Arrays.stream(field.split("\\.")).map(Pointers::step).collect(Collectors.joining());
    }
}
