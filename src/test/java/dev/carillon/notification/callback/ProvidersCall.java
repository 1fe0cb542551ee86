package dev.carillon.notification.callback;

import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;

import com.github.tomakehurst.wiremock.WireMockServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTestProfile;

import java.util.List;
import java.util.Map;

/** The application with a provider that may call back, and an endpoint on this machine that may be called. */
public class ProvidersCall implements QuarkusTestProfile {

    static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    public static WireMockServer http() {
        return Servers.http;
    }

    @Override
    public List<TestResourceEntry> testResources() {
        return List.of(new TestResourceEntry(Servers.class));
    }

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of("carillon.callbacks.generic.acme.secrets", SECRET, "carillon.provider.http.plain-http", "true",
                "carillon.provider.http.open-networks", "127.0.0.0/8");
    }

    /** Somebody who hears of statuses. */
    public static final class Servers implements QuarkusTestResourceLifecycleManager {

        private static final WireMockServer http = new WireMockServer(wireMockConfig().bindAddress("127.0.0.1").dynamicPort());

        @Override
        public Map<String, String> start() {
            http.start();
            return Map.of("carillon.provider.http.ports", String.valueOf(http.port()));
        }

        @Override
        public void stop() {
            http.stop();
        }
    }
}
