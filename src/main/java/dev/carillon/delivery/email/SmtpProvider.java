package dev.carillon.delivery.email;

import dev.carillon.delivery.Gateway;
import dev.carillon.delivery.Provider;
import io.vertx.mutiny.ext.mail.MailClient;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;

/** Any mail server, as {@code quarkus.mailer} describes it. */
@ApplicationScoped
class SmtpProvider implements Provider {

    private final EmailSettings email;
    private final SmtpSettings settings;
    private final Instance<MailClient> client;

    SmtpProvider(EmailSettings email, SmtpSettings settings, Instance<MailClient> client) {
        this.email = email;
        this.settings = settings;
        this.client = client;
    }

    @Override
    public String name() {
        return "smtp";
    }

    @Override
    public boolean serves(String channel) {
        return channel.equals(EmailChannel.NAME);
    }

    @Override
    public Gateway open(String channel) {
        return new SmtpGateway(client.get(), EmailFrom.of(email), settings.timeout());
    }
}
