package dev.carillon.delivery.slack;

import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The application with providers instead of mocks, and one type of notification that goes out through them. */
public class RealProviders implements QuarkusTestProfile {

    static WireMockServer http() {
        return Servers.http;
    }

    static GreenMail mail() {
        return Servers.mail;
    }

    @Override
    public List<TestResourceEntry> testResources() {
        return List.of(new TestResourceEntry(Servers.class));
    }

    @Override
    public Map<String, String> getConfigOverrides() {
        try {
            var type = Files.createDirectories(Files.createTempDirectory("notifications").resolve("PARCEL_READY"));
            Files.writeString(type.resolve("type.yaml"), """
                    description: An order can be picked up
                    category: order_updates
                    channels: [slack, email]
                    variables:
                      orderId: { type: string, required: true, example: ord-001, description: The order }
                    """);
            Files.writeString(type.resolve("slack.txt"), "{customer.name}, your order {orderId} can be picked up.");
            Files.writeString(type.resolve("email.subject.txt"), "Ready: {orderId}");
            Files.writeString(type.resolve("email.txt"), "Your order {orderId} can be picked up.");
            return Map.of("carillon.notifications.path", type.getParent().toString(), "carillon.delivery.slack.provider", "slack",
                    "carillon.provider.slack.token", "xoxb-secret", "carillon.delivery.email.provider", "smtp",
                    "carillon.delivery.email.from", "shop@example.com");
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** Servers that play the providers. */
    public static final class Servers implements QuarkusTestResourceLifecycleManager {

        private static final WireMockServer http = new WireMockServer(wireMockConfig().bindAddress("127.0.0.1").dynamicPort());
        private static final GreenMail mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

        @Override
        public Map<String, String> start() {
            http.start();
            mail.start();
            return Map.of("carillon.provider.slack.url", http.baseUrl(),
                    "quarkus.mailer.host", "127.0.0.1", "quarkus.mailer.port", String.valueOf(mail.getSmtp().getPort()));
        }

        @Override
        public void stop() {
            http.stop();
            mail.stop();
        }
    }
}
