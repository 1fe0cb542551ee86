package dev.carillon.platform.value;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.ValidationResult;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A phone number in E.164 form, as providers take it: {@code +442079460958}. Its length must fit its country. Whether
 * its range is in use is not checked, because ranges open faster than services are updated.
 */
public final class PhoneNumber {

    private static final String NONE = "must be a phone number";
    private static final String NO_COUNTRY =
            "must be a phone number with its country code, such as +44 20 7946 0958: in which country it is was not said";

    /** The characters people group digits with. Letters, extensions and a scheme are not allowed. */
    private static final Pattern FORM = Pattern.compile("[(]?[+]?[0-9 ()./-]+");

    private static final String UNKNOWN_COUNTRY =
            "must be a phone number with its country code, such as +44 20 7946 0958: the country that was said is none of ISO 3166, such as GB";
    private static final int LONGEST = 40;
    private static final PhoneNumberUtil NUMBERS = PhoneNumberUtil.getInstance();

    private PhoneNumber() {}

    /** @param region the country it is dialled in, as an ISO 3166 code such as {@code GB}; null if unknown */
    public static ParsedAddress read(String written, @Nullable String region) {
        var text = plain(Invisible.dropped(written));
        if (text.length() > LONGEST || !FORM.matcher(text).matches()) {
            return new ParsedAddress.None(NONE);
        }
        try {
            var number = NUMBERS.parse(text, region);
            var fits = number.hasExtension() ? ValidationResult.TOO_LONG : NUMBERS.isPossibleNumberWithReason(number);
            return fits == ValidationResult.IS_POSSIBLE
                    ? new ParsedAddress.Address(NUMBERS.format(number, PhoneNumberFormat.E164))
                    : new ParsedAddress.None(NONE);
        } catch (NumberParseException none) {
            return new ParsedAddress.None(
                    text.indexOf('+') >= 0
                            ? NONE
                            : region == null ? NO_COUNTRY : isRegion(region) ? NONE : UNKNOWN_COUNTRY);
        }
    }

    /** Whether numbers can be dialled there: two letters of ISO 3166, in any case. */
    public static boolean isRegion(String text) {
        return NUMBERS.getSupportedRegions().contains(text.toUpperCase(Locale.ROOT));
    }

    /** The form for comparison: the E.164 form, or for an invalid number the digits without grouping. */
    public static String comparable(String written) {
        return read(written, null).canonical().orElseGet(() -> plain(written).replaceAll("[ ()./-]", ""));
    }

    /** Digits, spaces, dashes and the plus of every script as ASCII has them. */
    private static String plain(String text) {
        var plain = new StringBuilder();
        text.codePoints()
                .forEach(c -> plain.appendCodePoint(Character.isDigit(c) ? '0' + Character.digit(c, 10) : plain(c)));
        return plain.toString();
    }

    private static int plain(int c) {
        if (Invisible.isSpace(c)) {
            return ' ';
        }
        if (Character.getType(c) == Character.DASH_PUNCTUATION || c == '\u2212') {
            return '-';
        }
        return c == '\uFF0B' || c == '\uFE62'
                ? '+'
                : c == '\uFF08' ? '(' : c == '\uFF09' ? ')' : c == '\uFF0E' ? '.' : c;
    }
}
