package dev.carillon.platform.value;

import java.net.IDN;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An email address as in envelopes and headers: {@code local@domain}, with the domain in lower-case A-labels ({@code
 * xn--…}). Whatever else a mail header allows is refused: a display name, angle brackets, quotes, comments, several
 * addresses, {@code mailto:}.
 */
public final class EmailAddress {

    private static final String NONE = "must be an email address";
    private static final String NOT_ASCII = "must have only ASCII letters before the @: few mail servers take others";
    private static final String AMBIGUOUS =
            "must have a domain that is the same for every mail server: write it in its ASCII form, xn--…";

    private static final int LONGEST = 254;
    private static final int LONGEST_LOCAL = 64;
    private static final Pattern LOCAL =
            Pattern.compile("[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*");
    private static final Pattern LETTERS = Pattern.compile("[\\p{L}\\p{M}\\p{N}!#$%&'*+/=?^_`{|}~.-]+");
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final String ENCODED = "xn--";
    /** Letters, marks, digits and symbols; the two joiners that some scripts are written with. */
    private static final Pattern VISIBLE = Pattern.compile("[\\p{L}\\p{M}\\p{N}\\p{S}\\p{P}\u200C\u200D]");
    /** Non-ASCII hyphens, as pages and word processors write them. A dash is not one. */
    private static final Pattern HYPHEN = Pattern.compile("[\u2010\u2011\uFE63\uFF0D]");

    private static final Pattern DASH = Pattern.compile("[\\p{Pd}&&[^-]]");
    private static final Pattern DIGITS = Pattern.compile("[0-9]+");
    /** Older and newer IDNA make different domains of these: mail must not go to the wrong one. */
    private static final Pattern DEVIATION = Pattern.compile("[\u00DF\u1E9E\u03C2\u200C\u200D]");

    private EmailAddress() {}

    /** Parses an email address. */
    public static ParsedAddress read(String written) {
        var text = HYPHEN.matcher(Invisible.dropped(written)).replaceAll("-");
        int at = text.lastIndexOf('@');
        if (at < 1) {
            return new ParsedAddress.None(NONE);
        }
        var local = text.substring(0, at);
        if (!LOCAL.matcher(local).matches() || local.length() > LONGEST_LOCAL) {
            return new ParsedAddress.None(
                    LETTERS.matcher(local).matches() && local.chars().anyMatch(c -> c > 127) ? NOT_ASCII : NONE);
        }
        var domain = text.substring(at + 1);
        if (!isAscii(domain) && DEVIATION.matcher(written).find()) {
            return new ParsedAddress.None(AMBIGUOUS);
        }
        if (DASH.matcher(domain).find()) {
            return new ParsedAddress.None(NONE);
        }
        return inAscii(domain)
                .filter(EmailAddress::isDomain)
                .map(ascii -> local + "@" + ascii)
                .filter(address -> address.length() <= LONGEST)
                .<ParsedAddress>map(ParsedAddress.Address::new)
                .orElseGet(() -> new ParsedAddress.None(NONE));
    }

    public static boolean isOne(String written) {
        return read(written) instanceof ParsedAddress.Address;
    }

    /** The form for an envelope; an invalid address stays as it is. */
    public static String canonical(String written) {
        return read(written).canonical().orElse(written);
    }

    /** The form for comparison: lower case before the @, too, though a mail server may distinguish it. */
    public static String comparable(String written) {
        return canonical(written).toLowerCase(Locale.ROOT);
    }

    private static Optional<String> inAscii(String domain) {
        try {
            return Optional.of(IDN.toASCII(domain, IDN.ALLOW_UNASSIGNED | IDN.USE_STD3_ASCII_RULES)
                    .toLowerCase(Locale.ROOT));
        } catch (IllegalArgumentException none) {
            return Optional.empty();
        }
    }

    /** A name of the public DNS: two labels or more, and no IP address. */
    private static boolean isDomain(String domain) {
        var labels = domain.split("\\.", -1);
        for (var label : labels) {
            if (!LABEL.matcher(label).matches() || label.startsWith(ENCODED) && !isALabel(label)) {
                return false;
            }
        }
        return labels.length > 1 && !DIGITS.matcher(labels[labels.length - 1]).matches();
    }

    /** Whether it says in ASCII what cannot be written in it, and something that can be read. */
    private static boolean isALabel(String label) {
        return Punycode.decoded(label.substring(ENCODED.length()))
                .filter(name -> !isAscii(name)
                        && !DASH.matcher(name).find()
                        && name.equals(name.toLowerCase(Locale.ROOT))
                        && Normalizer.isNormalized(name, Normalizer.Form.NFC)
                        && name.codePoints()
                                .allMatch(c -> c < 128
                                        || VISIBLE.matcher(Character.toString(c))
                                                .matches()))
                .isPresent();
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 128);
    }
}
