package dev.carillon.eventsourced.rule;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelSourceLocation;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import java.util.function.UnaryOperator;

/**
 * A piece of CEL inside a field of a rule file.
 *
 * @param from index of its first character in the field's text
 * @param to index after its last
 */
record Snippet(Section section, String field, TextNode text, int from, int to) {

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
            CelIssue first = invalid.getErrors().get(0);
            CelSourceLocation at = first.getSourceLocation();
            throw problem(indexOf(at.getLine(), at.getColumn()), words.apply(first.getMessage()));
        }
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
