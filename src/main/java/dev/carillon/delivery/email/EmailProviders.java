package dev.carillon.delivery.email;

import dev.carillon.delivery.Provider;
import dev.carillon.delivery.httpclient.HttpGateways;
import io.vertx.core.Vertx;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** The providers of email. */
@Singleton
class EmailProviders {

    /** Any mail server, as configured by {@code quarkus.mailer}. */
    @Produces
    @Singleton
    Provider smtp(EmailSettings email, SmtpSettings settings, MailClients clients, Vertx vertx, Clock clock) {
        return new Provider(
                "smtp",
                EmailChannel.NAME,
                () -> new SmtpGateway(
                        vertx,
                        clients::open,
                        EmailFrom.of(email),
                        settings.timeout(),
                        new SmtpConnections(clients.connections(), clock)));
    }

    /** SendGrid, by its Mail Send API. */
    @Produces
    @Singleton
    Provider sendGrid(EmailSettings email, SendGridSettings settings, HttpGateways gateways) {
        return new Provider("sendgrid", EmailChannel.NAME, () -> {
            var apiKey = Provider.required(settings.apiKey(), "carillon.provider.sendgrid.api-key");
            return gateways.open(new SendGrid(settings.url(), apiKey, EmailFrom.of(email)), settings);
        });
    }
}
