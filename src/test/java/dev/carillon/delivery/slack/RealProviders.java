package dev.carillon.delivery.slack;

import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;

import com.github.tomakehurst.wiremock.WireMockServer;
import dev.carillon.testing.MailSink;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** The application with providers instead of mocks, and one type of notification that goes out through them. */
public class RealProviders implements QuarkusTestProfile {

    static WireMockServer http() {
        return Servers.http;
    }

    public static MailSink mail() {
        return Servers.mail;
    }

    /** What mail is signed with. */
    public static PublicKey dkim() {
        return Servers.DKIM.getPublic();
    }

    @Override
    public List<TestResourceEntry> testResources() {
        return List.of(new TestResourceEntry(Servers.class));
    }

    @Override
    public Map<String, String> getConfigOverrides() {
        try {
            var type = Files.createDirectories(
                    Files.createTempDirectory("notifications").resolve("PARCEL_READY"));
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
            return Map.of(
                    "carillon.notifications.path",
                    type.getParent().toString(),
                    "carillon.delivery.slack.provider",
                    "slack",
                    "carillon.provider.slack.token",
                    "xoxb-secret",
                    "carillon.delivery.email.provider",
                    "smtp",
                    "carillon.delivery.email.from",
                    "shop@example.com",
                    "carillon.provider.twilio.auth-token",
                    "token",
                    "carillon.provider.twilio.status-callback",
                    "https://notify.example.com/api/v1/callbacks/twilio");
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** Servers that play the providers. */
    public static final class Servers implements QuarkusTestResourceLifecycleManager {

        private static final WireMockServer http =
                new WireMockServer(wireMockConfig().bindAddress("127.0.0.1").dynamicPort());
        private static final MailSink mail = new MailSink();
        private static final KeyPair DKIM = keys();

        private static KeyPair keys() {
            try {
                var generator = KeyPairGenerator.getInstance("RSA");
                generator.initialize(2048);
                return generator.generateKeyPair();
            } catch (NoSuchAlgorithmException impossible) {
                throw new IllegalStateException(impossible);
            }
        }

        @Override
        public Map<String, String> start() {
            http.start();
            return Map.of(
                    "carillon.provider.slack.url",
                    http.baseUrl(),
                    "quarkus.mailer.dkim.enabled",
                    "true",
                    "quarkus.mailer.dkim.private-key",
                    Base64.getEncoder().encodeToString(DKIM.getPrivate().getEncoded()),
                    "quarkus.mailer.dkim.selector",
                    "test",
                    "quarkus.mailer.dkim.sdid",
                    "example.com",
                    "quarkus.mailer.host",
                    "127.0.0.1",
                    "quarkus.mailer.port",
                    String.valueOf(mail.port()),
                    "quarkus.mailer.own-host-name",
                    "notify.example.com");
        }

        @Override
        public void stop() {
            http.stop();
            mail.close();
        }
    }
}
