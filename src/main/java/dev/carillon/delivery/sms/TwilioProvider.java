package dev.carillon.delivery.sms;

import dev.carillon.delivery.Gateway;
import dev.carillon.delivery.Provider;
import dev.carillon.delivery.httpclient.HttpGateways;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;

/** Twilio, by its Messages API. */
@ApplicationScoped
class TwilioProvider implements Provider {

    private final TwilioSettings settings;
    private final HttpGateways gateways;
    private final Clock clock;

    TwilioProvider(TwilioSettings settings, HttpGateways gateways, Clock clock) {
        this.settings = settings;
        this.gateways = gateways;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "twilio";
    }

    @Override
    public boolean serves(String channel) {
        return channel.equals(SmsChannel.NAME);
    }

    @Override
    public Gateway open(String channel) {
        return gateways.open(new Twilio(settings, clock), settings);
    }
}
