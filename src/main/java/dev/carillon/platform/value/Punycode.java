package dev.carillon.platform.value;

import java.util.Optional;

/**
 * Decodes what follows {@code xn--} in a domain label (RFC 3492). The JDK's {@link java.net.IDN} knows only the older
 * mapping of names and does not decode newer ones such as {@code xn--strae-oqa}.
 */
final class Punycode {

    private static final int BASE = 36;
    private static final int LEAST = 1;
    private static final int MOST = 26;
    private static final int SKEW = 38;
    private static final int DAMP = 700;
    private static final int FIRST_BIAS = 72;
    private static final int FIRST_BEYOND_ASCII = 0x80;

    private Punycode() {}

    /** Empty for what decodes to nothing. */
    static Optional<String> decoded(String encoded) {
        int delimiter = encoded.lastIndexOf('-');
        var text = new StringBuilder(delimiter > 0 ? encoded.substring(0, delimiter) : "");
        long point = FIRST_BEYOND_ASCII;
        long place = 0;
        int bias = FIRST_BIAS;
        int at = delimiter > 0 ? delimiter + 1 : 0;
        while (at < encoded.length()) {
            long before = place;
            long weight = 1;
            for (int k = BASE; ; k += BASE) {
                int digit = at < encoded.length() ? digit(encoded.charAt(at++)) : -1;
                if (digit < 0) {
                    return Optional.empty();
                }
                place += digit * weight;
                int threshold = Math.max(LEAST, Math.min(MOST, k - bias));
                if (digit < threshold) {
                    break;
                }
                weight *= BASE - threshold;
                if (place > Integer.MAX_VALUE || weight > Integer.MAX_VALUE) {
                    return Optional.empty();
                }
            }
            int length = text.codePointCount(0, text.length()) + 1;
            bias = adapted(place - before, length, before == 0);
            point += place / length;
            place %= length;
            if (point > Character.MAX_CODE_POINT) {
                return Optional.empty();
            }
            text.insert(text.offsetByCodePoints(0, (int) place), Character.toChars((int) point));
            place++;
        }
        return Optional.of(text.toString());
    }

    private static int adapted(long delta, int length, boolean first) {
        long rest = first ? delta / DAMP : delta / 2;
        rest += rest / length;
        int k = 0;
        while (rest > (BASE - LEAST) * MOST / 2) {
            rest /= BASE - LEAST;
            k += BASE;
        }
        return (int) (k + (BASE - LEAST + 1) * rest / (rest + SKEW));
    }

    private static int digit(char c) {
        return c >= 'a' && c <= 'z' ? c - 'a' : c >= '0' && c <= '9' ? c - '0' + MOST : -1;
    }
}
