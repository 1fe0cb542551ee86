package dev.carillon.delivery.sms;

import dev.carillon.delivery.Parcel;
import dev.carillon.delivery.ProvidedChannel;
import dev.carillon.delivery.Providers;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** The sms channel. */
@Singleton
class SmsChannel extends ProvidedChannel {

    static final String NAME = "sms";

    SmsChannel(Providers providers) {
        super(NAME, providers);
    }

    @Override
    protected @Nullable String unfit(Parcel parcel) {
        return PhoneNumber.e164(parcel.recipient()) != null ? null : "not a phone number with its country code";
    }
}
