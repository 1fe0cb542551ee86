package dev.carillon.eventsourced.rule;

import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Text with <code>${cel}</code> parts, each giving a scalar. Numbers are written in their one plain form. */
record TextTemplate(List<TextPart> parts) {

    /** A part of the text: literal or expression. */
    record TextPart(String literal, @Nullable Expression expression) {}

    static TextTemplate read(Section section, String field, TextNode text, Set<ScopeVariable> available) {
        List<TextPart> parts = new ArrayList<>();
        String whole = text.textValue();
        int done = 0;
        for (int open = whole.indexOf("${"); open >= 0; open = whole.indexOf("${", done)) {
            parts.add(new TextPart(whole.substring(done, open), null));
            int close = closing(whole, open + 2);
            Snippet inner = new Snippet(section, field, text, open + 2, Math.max(close, open + 2));
            if (close < 0) {
                throw inner.problem(-2, "this ${ is never closed");
            }
            if (inner.code().isBlank()) {
                throw inner.problem(-2, "nothing between ${ and }");
            }
            parts.add(new TextPart("", section.compiled(inner, available, ResultType.SCALAR)));
            done = close + 1;
        }
        parts.add(new TextPart(whole.substring(done), null));
        return new TextTemplate(parts);
    }

    /** The index of the brace that closes the one opened before {@code from}, or -1; braces in CEL strings and maps do not count. */
    private static int closing(String text, int from) {
        int depth = 0;
        char quote = 0;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote != 0) {
                i += c == '\\' ? 1 : 0;
                quote = c == quote ? 0 : quote;
            } else if (c == '\'' || c == '"') {
                quote = c;
            } else if (c == '{') {
                depth++;
            } else if (c == '}' && depth-- == 0) {
                return i;
            }
        }
        return -1;
    }

    boolean isConstant() {
        return parts.stream().allMatch(part -> part.expression() == null);
    }

    /** Whether an expression of it uses the customer, be it only the id. */
    boolean mentionsCustomer() {
        return parts.stream()
                .map(TextPart::expression)
                .anyMatch(expression -> expression != null && expression.uses().contains(ScopeVariable.CUSTOMER));
    }

    /** The text with every part filled in, or the problem of the first part that cannot be. */
    ExpressionResult text(Scope scope) {
        StringBuilder text = new StringBuilder();
        for (TextPart part : parts) {
            text.append(part.literal());
            if (part.expression() != null) {
                ExpressionResult outcome = part.expression().scalar(scope);
                if (outcome.failed()) {
                    return outcome;
                }
                text.append(outcome.value());
            }
        }
        String whole = text.toString();
        return Expression.tooLong(whole) // what its parts cannot hold is refused already
                .map(why -> ExpressionResult.failed("the whole text: " + why))
                .orElseGet(() -> ExpressionResult.of(whole));
    }
}
