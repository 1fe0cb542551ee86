package dev.carillon.delivery.email;

import dev.carillon.delivery.Gateway;
import dev.carillon.delivery.Provider;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;

/** Any mail server, as configured by {@code quarkus.mailer}. */
@ApplicationScoped
class SmtpProvider implements Provider {

    private final EmailSettings email;
    private final SmtpSettings settings;
    private final MailClients clients;
    private final Vertx vertx;
    private final Clock clock;

    SmtpProvider(EmailSettings email, SmtpSettings settings, MailClients clients, Vertx vertx, Clock clock) {
        this.email = email;
        this.settings = settings;
        this.clients = clients;
        this.vertx = vertx;
        this.clock = clock;
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
        return new SmtpGateway(
                vertx,
                clients::open,
                EmailFrom.of(email),
                settings.timeout(),
                new SmtpConnections(clients.connections(), clock));
    }
}
