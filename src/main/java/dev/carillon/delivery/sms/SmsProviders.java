package dev.carillon.delivery.sms;

import dev.carillon.delivery.Provider;
import dev.carillon.delivery.httpclient.HttpGateways;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** The providers of text messages. */
@Singleton
class SmsProviders {

    /** Twilio, by its Messages API. */
    @Produces
    @Singleton
    Provider twilio(TwilioSettings settings, HttpGateways gateways, Clock clock) {
        return new Provider("twilio", SmsChannel.NAME, () -> gateways.open(new Twilio(settings, clock), settings));
    }
}
