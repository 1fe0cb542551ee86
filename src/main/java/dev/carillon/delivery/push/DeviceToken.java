package dev.carillon.delivery.push;

import dev.carillon.platform.value.Blank;
import dev.carillon.platform.value.ParsedAddress;
import java.util.regex.Pattern;

/**
 * A push service's token for a device. Only the service knows its format, which has changed before; we only require one
 * word.
 */
final class DeviceToken {

    private static final Pattern WORD = Pattern.compile("[\\x21-\\x7E]+");

    private DeviceToken() {}

    static ParsedAddress read(String written) {
        var text = Blank.stripped(written);
        return WORD.matcher(text).matches()
                ? new ParsedAddress.Address(text)
                : new ParsedAddress.None("must be the token of a device, which is one word of ASCII");
    }
}
