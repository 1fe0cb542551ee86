package dev.carillon.delivery.email;

import dev.carillon.delivery.Gateway;
import dev.carillon.delivery.Provider;
import io.vertx.mutiny.ext.mail.MailClient;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Any mail server, as {@code quarkus.mailer} describes it. */
@ApplicationScoped
class SmtpProvider implements Provider {

    private final EmailSettings email;
    private final SmtpSettings settings;
    private final Instance<MailClient> client;
    private final Config config;
    private final int connections;

    SmtpProvider(EmailSettings email, SmtpSettings settings, Instance<MailClient> client, Config config,
                 @ConfigProperty(name = "quarkus.mailer.max-pool-size", defaultValue = "10") int connections) {
        this.email = email;
        this.settings = settings;
        this.client = client;
        this.config = config;
        this.connections = connections;
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
        MailerSettings.verify(config);
        return new SmtpGateway(client(), EmailFrom.of(email), settings.timeout(), connections);
    }

    private MailClient client() {
        try {
            return client.get();
        } catch (RuntimeException unfit) {
            throw new IllegalStateException("no mail can be sent as quarkus.mailer is set: " + rootOf(unfit).getMessage(), unfit);
        }
    }

    private static Throwable rootOf(Throwable failure) {
        return failure.getCause() == null ? failure : rootOf(failure.getCause());
    }
}
