package dev.carillon.delivery.sms;

import org.jspecify.annotations.Nullable;

import java.util.regex.Pattern;

/** A phone number as people write it, in the form providers take. */
final class PhoneNumber {

    private static final Pattern SEPARATORS = Pattern.compile("[\\s().\\-/]");
    /** ITU-T E.164: at most fifteen digits with the country code, which does not begin with 0. */
    private static final Pattern E164 = Pattern.compile("\\+[1-9][0-9]{6,14}");

    private PhoneNumber() {
    }

    /** {@code +1-555-0101} is {@code +15550101}; null for what is no number or lacks its country code. */
    static @Nullable String e164(String written) {
        var bare = SEPARATORS.matcher(written).replaceAll("");
        return E164.matcher(bare).matches() ? bare : null;
    }
}
