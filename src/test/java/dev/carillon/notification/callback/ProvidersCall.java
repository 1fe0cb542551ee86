package dev.carillon.notification.callback;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static java.util.Map.entry;

import com.github.tomakehurst.wiremock.WireMockServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The application among others: providers that are called and may call back, endpoints on this machine that may be called, traces of it
 * all, and the types of an example beside its own.
 */
public class ProvidersCall implements QuarkusTestProfile {

    /** The folder of documentation whose types it has. */
    public static final Path EXAMPLE = Path.of("docs/examples/back-in-stock");

    /** Where Twilio is asked. */
    public static final String TWILIO = "/2010-04-01.*";

    static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    public static WireMockServer http() {
        return Servers.http;
    }

    /** An endpoint that takes connections and never says a word. */
    static String silent() {
        return "http://127.0.0.1:" + Servers.silent.getLocalPort();
    }

    @Override
    public List<TestResourceEntry> testResources() {
        return List.of(new TestResourceEntry(Servers.class));
    }

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.ofEntries(
                entry("carillon.callbacks.generic.acme.secrets", SECRET),
                entry("carillon.provider.http.plain-http", "true"),
                entry("carillon.provider.http.open-networks", "127.0.0.0/8"),
                entry("carillon.delivery.webhook.provider", "http"),
                entry("carillon.provider.http.timeout", "PT5S"),
                entry("carillon.circuit.pause", "PT0.5S"),
                entry("carillon.circuit.longest-pause", "PT2S"),
                entry("carillon.delivery.sms.provider", "twilio"),
                entry("carillon.provider.twilio.account-sid", "AC123"),
                entry("carillon.provider.twilio.auth-token", "secret"),
                entry("carillon.provider.twilio.from", "+15550000000"),
                entry("quarkus.otel.sdk.disabled", "false"),
                entry("quarkus.otel.bsp.schedule.delay", "10ms"),
                entry("quarkus.otel.bsp.export.timeout", "5s"),
                entry("quarkus.otel.exporter.otlp.enabled", "false"),
                entry(
                        "carillon.notifications.path",
                        EXAMPLE.resolve("notifications").toString()),
                entry(
                        "carillon.event-types.path",
                        EXAMPLE.resolve("event-types").toString()));
    }

    /** Somebody who hears of statuses, and a provider of text messages. */
    public static final class Servers implements QuarkusTestResourceLifecycleManager {

        private static final ServerSocket silent = silent();
        private static final WireMockServer http =
                new WireMockServer(wireMockConfig().bindAddress("127.0.0.1").dynamicPort());

        @Override
        public Map<String, String> start() {
            http.start();
            http.stubFor(any(urlPathMatching(TWILIO))
                    .willReturn(aResponse().withStatus(201).withBody("{\"sid\": \"SM1\"}")));
            return Map.of(
                    "carillon.provider.twilio.url",
                    http.baseUrl(),
                    "carillon.provider.http.ports",
                    http.port() + "," + silent.getLocalPort());
        }

        private static ServerSocket silent() {
            try {
                return new ServerSocket(0, 1_000, InetAddress.getByName("127.0.0.1"));
            } catch (IOException noPort) {
                throw new UncheckedIOException(noPort);
            }
        }

        @Override
        public void stop() {
            http.stop();
        }
    }
}
