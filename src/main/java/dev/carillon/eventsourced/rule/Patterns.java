package dev.carillon.eventsourced.rule;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Compiles the regular expressions of rules, once and only if they stay small.
 *
 * <p>RE2 expands a counted repetition, so {@code (x{1000}){1000}} is a program of a million instructions. The size is
 * therefore estimated before compiling.
 */
final class Patterns {

    /** Instructions of a program. */
    static final int LARGEST = 1_000;

    /** Instructions tried on one character in one step. */
    static final int PER_STEP = 16;

    private static final int LONGEST = 1_000;

    private Patterns() {}

    /** @throws IllegalArgumentException saying what is wrong with it */
    static Pattern compile(String pattern) {
        if (pattern.length() > LONGEST || Size.of(pattern) > LARGEST) {
            throw tooLarge();
        }
        try {
            Pattern compiled = Pattern.compile(pattern);
            if (compiled.programSize() > LARGEST) {
                throw tooLarge();
            }
            return compiled;
        } catch (PatternSyntaxException invalid) {
            throw new IllegalArgumentException("not a valid RE2 pattern");
        }
    }

    private static IllegalArgumentException tooLarge() {
        return new IllegalArgumentException("the pattern is too large; it may be of " + LONGEST
                + " characters and come to " + LARGEST + " steps with its repetitions written out");
    }

    /** The estimated number of instructions of a pattern. A repetition {@code {n,m}} multiplies what it repeats. */
    private static final class Size {

        private final String text;
        private final Deque<Long> outer = new ArrayDeque<>();
        private long whole;
        private long last;
        private int at;

        private Size(String text) {
            this.text = text;
        }

        static long of(String text) {
            Size size = new Size(text);
            while (size.at < text.length()) {
                size.read(text.charAt(size.at++));
            }
            return size.whole + size.outer.stream().mapToLong(Long::longValue).sum();
        }

        private void read(char c) {
            switch (c) {
                case '\\' -> escape();
                case '[' -> {
                    at = endOfClass();
                    atom(1);
                }
                case '(' -> {
                    outer.push(whole);
                    whole = 0;
                    at = text.startsWith("?P<", at) ? endOf(text.indexOf('>', at)) : at;
                }
                case ')' -> {
                    long group = whole + 2;
                    whole = outer.isEmpty() ? 0 : outer.pop();
                    atom(group);
                }
                case '{' -> repeat(text.indexOf('}', at));
                default -> atom(1);
            }
        }

        private void atom(long size) {
            last = size;
            whole += size;
        }

        private void escape() {
            if (text.startsWith("Q", at)) {
                int end = text.indexOf("\\E", at);
                atom((end < 0 ? text.length() : end) - at);
                at = end < 0 ? text.length() : end + 2;
            } else {
                boolean braced = text.startsWith("p{", at) || text.startsWith("P{", at) || text.startsWith("x{", at);
                at = braced ? endOf(text.indexOf('}', at)) : at + 1;
                atom(1);
            }
        }

        private int endOfClass() {
            int i = text.startsWith("^", at) ? at + 1 : at;
            i = text.startsWith("]", i) ? i + 1 : i;
            while (i < text.length() && text.charAt(i) != ']') {
                if (text.startsWith("[:", i) && text.indexOf(":]", i) > 0) {
                    i = text.indexOf(":]", i) + 2;
                } else {
                    i += text.charAt(i) == '\\' ? 2 : 1;
                }
            }
            return Math.min(i + 1, text.length());
        }

        /** Braces that hold no count stand for themselves. */
        private void repeat(int end) {
            String count = end < 0 ? "" : text.substring(at, end);
            if (!count.matches("\\d{1,4}(,\\d{0,4})?")) {
                atom(1);
                return;
            }
            String[] bounds = count.split(",");
            long most = Math.max(1, Long.parseLong(bounds[bounds.length - 1])) + (count.endsWith(",") ? 1 : 0);
            whole += last * (most - 1);
            last *= most;
            at = end + 1;
        }

        private int endOf(int closing) {
            return closing < 0 ? text.length() : closing + 1;
        }
    }
}
