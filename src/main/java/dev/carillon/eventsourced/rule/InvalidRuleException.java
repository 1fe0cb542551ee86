package dev.carillon.eventsourced.rule;

import dev.carillon.platform.yaml.YamlDocument;
import dev.carillon.platform.yaml.YamlDocument.Position;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Invalid rule text. It names every rule and clause at fault, with file, field and position. */
public final class InvalidRuleException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<RuleProblem> problems;

    InvalidRuleException(RuleProblem problem) {
        this(List.of(problem));
    }

    public InvalidRuleException(List<RuleProblem> problems) {
        super(problems.stream().map(RuleProblem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /** At least one. */
    public List<RuleProblem> problems() {
        return problems;
    }

    /**
     * One error in a rule.
     *
     * @param rule the rule's id, {@code #3} for the third rule of a file if it has none, null if the file itself is at fault
     * @param field dotted, e.g. {@code collect.by}; null if the rule as a whole is at fault
     * @param line 1-based
     * @param column 1-based
     */
    public record RuleProblem(
            String file, @Nullable String rule, @Nullable String field, int line, int column, String message) {

        static RuleProblem of(
                YamlDocument file, @Nullable String rule, @Nullable String field, Position at, String message) {
            return new RuleProblem(file.name(), rule, field, at.line(), at.column(), message);
        }

        @Override
        public String toString() {
            return file + ":" + line + ":" + column + ": "
                    + (rule == null ? "" : "rule '" + rule + "': ")
                    + (field == null ? "" : field + ": ")
                    + message;
        }
    }
}
