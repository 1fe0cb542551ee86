package dev.carillon.eventsourced.rule;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A piece of CEL inside a field of a rule file.
 *
 * @param from index of its first character in the field's text
 * @param to index after its last
 */
record Snippet(Section section, String field, TextNode text, int from, int to) {

    private static final List<String> INDEPENDENT = List.of("undeclared reference", "found no matching overload");

    String code() {
        return text.textValue().substring(from, to);
    }

    /** The code on one line, for messages. */
    String onOneLine() {
        return code().strip().replaceAll("\\s+", " ");
    }

    /** What CEL makes of the code. */
    CelAbstractSyntaxTree treeOf(CelValidationResult result, UnaryOperator<String> words) {
        try {
            return result.getAst();
        } catch (CelValidationException invalid) {
            throw new InvalidRuleException(independent(invalid.getErrors()).stream()
                    .flatMap(issue -> problem(
                            indexOf(
                                    issue.getSourceLocation().getLine(),
                                    issue.getSourceLocation().getColumn()),
                            words.apply(issue.getMessage()))
                            .problems()
                            .stream())
                    .distinct()
                    .toList());
        }
    }

    /** Code that cannot be read at all has one error, and others that follow from it. */
    private static List<CelIssue> independent(List<CelIssue> errors) {
        boolean read = errors.stream().allMatch(error -> INDEPENDENT.stream().anyMatch(error.getMessage()::startsWith));
        return read ? errors : errors.subList(0, 1);
    }

    /** A problem with this part of the code. */
    InvalidRuleException problem(CelAbstractSyntaxTree tree, long part, String message) {
        return problem(tree.getSource().getPositionsMap().getOrDefault(part, 0), message);
    }

    /** A problem at this index of the code. */
    InvalidRuleException problem(int index, String message) {
        return section.problem(field, text, from + index, message);
    }

    /** CEL counts lines from 1 and columns from 0. */
    private int indexOf(int line, int column) {
        int index = 0;
        for (int passed = 1; passed < line; passed++) {
            index = code().indexOf('\n', index) + 1;
        }
        return index + Math.max(0, column);
    }
}
