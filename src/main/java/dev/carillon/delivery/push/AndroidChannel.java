package dev.carillon.delivery.push;

import dev.carillon.delivery.ProvidedChannel;
import dev.carillon.delivery.Providers;
import dev.carillon.delivery.SizeLimit;
import dev.carillon.platform.value.ParsedAddress;
import jakarta.inject.Singleton;
import java.util.List;

/** Push to Android devices; the address is the device's token. */
@Singleton
class AndroidChannel extends ProvidedChannel {

    static final String NAME = "android";

    AndroidChannel(Providers providers) {
        super(NAME, providers);
    }

    @Override
    public ParsedAddress address(String written) {
        return DeviceToken.read(written);
    }

    @Override
    public List<SizeLimit> sizeLimits() {
        return PushSize.LIMITS;
    }
}
