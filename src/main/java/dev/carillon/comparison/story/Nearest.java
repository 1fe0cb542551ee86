package dev.carillon.comparison.story;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** What somebody who misspelt a name may have meant. */
final class Nearest {

    private Nearest() {}

    /** {@code ; did you mean x?}, or {@code ; known are a, b}. */
    static String hint(String written, Collection<String> known) {
        return of(written, known)
                .map(meant -> "; did you mean " + meant + "?")
                .orElseGet(() -> known.isEmpty()
                        ? ""
                        : "; known are "
                                + String.join(", ", known.stream().sorted().toList()));
    }

    private static Optional<String> of(String written, Collection<String> known) {
        int most = Math.max(1, written.length() / 3);
        return known.stream()
                .filter(one -> distance(written, one) <= most)
                .min(Comparator.comparingInt((String one) -> distance(written, one))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** How many letters have to be put in, left out or exchanged; capitals and hyphens count little. */
    private static int distance(String one, String other) {
        var a = plain(one);
        var b = plain(other);
        var before = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            before[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            var now = new int[b.length() + 1];
            now[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int exchanged = before[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                now[j] = Math.min(exchanged, 1 + Math.min(before[j], now[j - 1]));
            }
            before = now;
        }
        return before[b.length()];
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[-_ ]", "");
    }
}
