package dev.carillon.delivery.sms;

import dev.carillon.delivery.Delivery;
import dev.carillon.delivery.ProvidedChannel;
import dev.carillon.delivery.Providers;
import dev.carillon.delivery.SizeLimit;
import dev.carillon.platform.value.PhoneNumber;
import jakarta.inject.Singleton;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The sms channel. */
@Singleton
class SmsChannel extends ProvidedChannel {

    /** The longest message that operators reassemble and Twilio accepts. */
    private static final int LONGEST = 1_600;

    static final String NAME = "sms";

    SmsChannel(Providers providers) {
        super(NAME, providers);
    }

    /** Three dots instead of one character, where that one would take the message out of its alphabet and double its price. */
    @Override
    public List<SizeLimit> sizeLimits() {
        return List.of(new SizeLimit(
                SizeLimit.Part.TEXT,
                LONGEST,
                "characters",
                message -> message.text().length(),
                left -> SmsSize.isGsm(left) ? "..." : SizeLimit.ELLIPSIS));
    }

    @Override
    protected @Nullable String unfit(Delivery delivery) {
        return PhoneNumber.read(delivery.recipient(), null).canonical().isPresent()
                ? null
                : "not a phone number with its country code";
    }
}
