package dev.carillon.delivery.email;

import dev.carillon.delivery.Gateway;
import dev.carillon.delivery.Provider;
import dev.carillon.delivery.RequiredSetting;
import dev.carillon.delivery.httpclient.HttpGateways;
import jakarta.enterprise.context.ApplicationScoped;

/** SendGrid, by its Mail Send API. */
@ApplicationScoped
class SendGridProvider implements Provider {

    private final EmailSettings email;
    private final SendGridSettings settings;
    private final HttpGateways gateways;

    SendGridProvider(EmailSettings email, SendGridSettings settings, HttpGateways gateways) {
        this.email = email;
        this.settings = settings;
        this.gateways = gateways;
    }

    @Override
    public String name() {
        return "sendgrid";
    }

    @Override
    public boolean serves(String channel) {
        return channel.equals(EmailChannel.NAME);
    }

    @Override
    public Gateway open(String channel) {
        var apiKey = RequiredSetting.of(settings.apiKey(), "carillon.provider.sendgrid.api-key");
        return gateways.open(new SendGrid(settings.url(), apiKey, EmailFrom.of(email)), settings);
    }
}
