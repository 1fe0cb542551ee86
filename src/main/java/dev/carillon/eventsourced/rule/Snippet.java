package dev.carillon.eventsourced.rule;

import com.fasterxml.jackson.databind.node.TextNode;

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

    /** A complaint about the character at this index of the code. */
    InvalidRuleException problem(int index, String message) {
        return section.problem(field, text, from + index, message);
    }

    /** A complaint about a place as CEL counts it: lines from 1, columns from 0. */
    InvalidRuleException problem(int line, int column, String message) {
        int index = 0;
        for (int passed = 1; passed < line; passed++) {
            index = code().indexOf('\n', index) + 1;
        }
        return problem(index + Math.max(0, column), message);
    }
}
