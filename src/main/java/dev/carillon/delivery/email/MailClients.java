package dev.carillon.delivery.email;

import io.quarkus.mailer.SentMail;
import io.quarkus.mailer.runtime.MailerSupport;
import io.quarkus.mailer.runtime.Mailers;
import io.quarkus.mailer.runtime.MailersRuntimeConfig;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.vertx.core.Vertx;
import io.vertx.ext.mail.MailClient;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.util.Set;
import org.eclipse.microprofile.config.Config;

/** Creates the mail client from {@code quarkus.mailer}, on our own Vert.x so that its connections can be watched. */
@ApplicationScoped
class MailClients {

    private final MailersRuntimeConfig mailers;
    private final Config config;
    private final TlsConfigurationRegistry tls;
    private final Event<SentMail> sent;

    MailClients(MailersRuntimeConfig mailers, Config config, TlsConfigurationRegistry tls, Event<SentMail> sent) {
        this.mailers = mailers;
        this.config = config;
        this.tls = tls;
        this.sent = sent;
    }

    /** How many it has at once, at most. */
    int connections() {
        return mailers.mailers().get(Mailers.DEFAULT_MAILER_NAME).maxPoolSize();
    }

    /** @throws ConfigurationException with what is wrong, naming the key where there is one, when it cannot be made */
    MailClient open(Vertx vertx) {
        MailerSettings.verify(config);
        try {
            return new Mailers(
                            vertx,
                            io.vertx.mutiny.core.Vertx.newInstance(vertx),
                            mailers,
                            LaunchMode.current(),
                            new MailerSupport(true, Set.of()),
                            tls,
                            sent)
                    .mailClientFromName(Mailers.DEFAULT_MAILER_NAME);
        } catch (RuntimeException unfit) {
            throw new ConfigurationException("no mail can be sent as quarkus.mailer is set: "
                    + rootOf(unfit).getMessage());
        }
    }

    private static Throwable rootOf(Throwable failure) {
        return failure.getCause() == null ? failure : rootOf(failure.getCause());
    }
}
