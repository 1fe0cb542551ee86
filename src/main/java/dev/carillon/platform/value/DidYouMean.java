package dev.carillon.platform.value;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** The known name that somebody most likely meant by one that is not known. */
public final class DidYouMean {

    /** Longer names are not compared: the work grows with the square. */
    private static final int LONGEST = 100;

    private DidYouMean() {}

    private record Guess(String name, int distance) {}

    /** Empty when none is near: at most a third of its letters may differ, and three at most. */
    public static Optional<String> to(String wanted, Collection<String> known) {
        var most = Math.min(3, wanted.length() / 3);
        return wanted.length() > LONGEST
                ? Optional.empty()
                : known.stream()
                        .filter(name -> Math.abs(name.length() - wanted.length()) <= most)
                        .map(name -> new Guess(name, distance(lower(wanted), lower(name))))
                        .filter(guess -> guess.distance() <= most)
                        .min(Comparator.comparingInt(Guess::distance).thenComparing(Guess::name))
                        .map(Guess::name);
    }

    /** "; did you mean newPrice?" or nothing, for the end of a sentence. */
    public static String hint(String wanted, Collection<String> known) {
        return to(wanted, known).map(name -> "; did you mean " + name + "?").orElse("");
    }

    /** The same, or "; known are a, b" where none is near. */
    public static String hintOrKnown(String wanted, Collection<String> known) {
        var hint = hint(wanted, known);
        return hint.isEmpty() && !known.isEmpty()
                ? "; known are " + String.join(", ", known.stream().sorted().toList())
                : hint;
    }

    /** How many letters must be put in, taken out, changed, or swapped with the next. */
    private static int distance(String one, String other) {
        var rows = new int[one.length() + 1][other.length() + 1];
        for (int i = 0; i <= one.length(); i++) {
            for (int j = 0; j <= other.length(); j++) {
                rows[i][j] = i == 0 || j == 0 ? i + j : step(rows, one, other, i, j);
            }
        }
        return rows[one.length()][other.length()];
    }

    private static int step(int[][] rows, String one, String other, int i, int j) {
        int same = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
        int least = Math.min(rows[i - 1][j - 1] + same, 1 + Math.min(rows[i - 1][j], rows[i][j - 1]));
        boolean swapped =
                i > 1 && j > 1 && one.charAt(i - 1) == other.charAt(j - 2) && one.charAt(i - 2) == other.charAt(j - 1);
        return swapped ? Math.min(least, rows[i - 2][j - 2] + 1) : least;
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
