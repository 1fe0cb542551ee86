package dev.carillon.notification.callback;

import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;

import com.github.tomakehurst.wiremock.WireMockServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;

/** The application with a provider that may call back, and an endpoint on this machine that may be called. */
public class ProvidersCall implements QuarkusTestProfile {

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
        return Map.of(
                "carillon.callbacks.generic.acme.secrets",
                SECRET,
                "carillon.provider.http.plain-http",
                "true",
                "carillon.provider.http.open-networks",
                "127.0.0.0/8",
                "carillon.delivery.webhook.provider",
                "http",
                "carillon.provider.http.timeout",
                "PT5S",
                "carillon.circuit.pause",
                "PT0.5S",
                "carillon.circuit.longest-pause",
                "PT2S");
    }

    /** Somebody who hears of statuses. */
    public static final class Servers implements QuarkusTestResourceLifecycleManager {

        private static final ServerSocket silent = silent();
        private static final WireMockServer http =
                new WireMockServer(wireMockConfig().bindAddress("127.0.0.1").dynamicPort());

        @Override
        public Map<String, String> start() {
            http.start();
            return Map.of("carillon.provider.http.ports", http.port() + "," + silent.getLocalPort());
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
