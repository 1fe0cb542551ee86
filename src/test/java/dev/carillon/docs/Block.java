package dev.carillon.docs;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A fenced block of a page.
 *
 * @param line     where it begins, counted from 1
 * @param language the first word after the fence, such as {@code sh}
 * @param info     the rest of that line: {@code runnable}, {@code refused}, {@code answer}, {@code needs=psql}, {@code skipped="why"}
 */
record Block(int line, String language, String info, List<String> lines) {

    private static final Pattern NEEDS = Pattern.compile("\\bneeds=(\\w+)");
    private static final Pattern SKIPPED = Pattern.compile("\\bskipped=\"[^\"]{5,}\"");

    boolean isShell() {
        return language.equals("sh");
    }

    boolean isRunnable() {
        return isShell() && says("runnable");
    }

    /** The page says why it is not run with the others. */
    boolean saysWhySkipped() {
        return SKIPPED.matcher(info).find();
    }

    /** The last call of the block is to be answered with an error. */
    boolean isRefused() {
        return says("refused");
    }

    /** What comes back from the block before it. */
    boolean isAnswer() {
        return says("answer");
    }

    /** A program that not every machine has. */
    List<String> needs() {
        return NEEDS.matcher(info).results().map(found -> found.group(1)).toList();
    }

    String text() {
        return String.join("\n", lines);
    }

    private boolean says(String word) {
        return List.of(info.split(" ")).contains(word);
    }
}
