package dev.carillon.delivery.push;

import dev.carillon.delivery.ProvidedChannel;
import dev.carillon.delivery.Providers;
import dev.carillon.delivery.SizeLimit;
import dev.carillon.platform.value.Blank;
import dev.carillon.platform.value.ParsedAddress;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.regex.Pattern;

/** Push to the devices of one platform. The address is the device's token. */
abstract class PushChannel extends ProvidedChannel {

    static final String ANDROID = "android";
    static final String IOS = "ios";

    private static final Pattern WORD = Pattern.compile("[\\x21-\\x7E]+");

    private PushChannel(String name, Providers providers) {
        super(name, providers);
    }

    @Singleton
    static class AndroidChannel extends PushChannel {

        AndroidChannel(Providers providers) {
            super(ANDROID, providers);
        }
    }

    @Singleton
    static class IosChannel extends PushChannel {

        IosChannel(Providers providers) {
            super(IOS, providers);
        }
    }

    @Override
    public ParsedAddress address(String written) {
        return token(written);
    }

    /** Only the push service knows a token's format, which has changed before; we only require one word. */
    static ParsedAddress token(String written) {
        var text = Blank.stripped(written);
        return WORD.matcher(text).matches()
                ? new ParsedAddress.Address(text)
                : new ParsedAddress.None("must be the token of a device, which is one word of ASCII");
    }

    @Override
    public List<SizeLimit> sizeLimits() {
        return PushSize.LIMITS;
    }
}
