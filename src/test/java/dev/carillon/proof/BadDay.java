package dev.carillon.proof;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.notFound;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;

import com.github.tomakehurst.wiremock.WireMockServer;
import dev.carillon.eventsourced.reaction.OwnDatabase;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The application with SendGrid and Twilio on their bad day, a database of its own and a clock the test turns. */
public class BadDay extends OwnDatabase {

    static MoodyProvider provider() {
        return Providers.moody;
    }

    @Override
    public List<TestResourceEntry> testResources() {
        return Stream.concat(super.testResources().stream(), Stream.of(new TestResourceEntry(Providers.class)))
                .toList();
    }

    /** The lease is long in the time the test turns; nobody dies here. */
    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.ofEntries(
                Map.entry("carillon.delivery.email.provider", "sendgrid"),
                Map.entry("carillon.provider.sendgrid.api-key", "SG.secret"),
                Map.entry("carillon.delivery.email.from", "shop@example.com"),
                Map.entry("carillon.provider.sendgrid.timeout", "PT1.5S"),
                Map.entry("carillon.provider.twilio.timeout", "PT1.5S"),
                Map.entry("carillon.delivery.sms.provider", "twilio"),
                Map.entry("carillon.provider.twilio.account-sid", "AC123"),
                Map.entry("carillon.provider.twilio.auth-token", "secret"),
                Map.entry("carillon.provider.twilio.from", "+15550000000"),
                Map.entry("carillon.circuit.failure-share", "0.65"),
                Map.entry("carillon.dispatch.concurrency", "200"),
                Map.entry("carillon.dispatch.lease", "PT1H"));
    }

    /** Plays both. */
    public static final class Providers implements QuarkusTestResourceLifecycleManager {

        private static final MoodyProvider moody = new MoodyProvider();
        private static final WireMockServer http = new WireMockServer(wireMockConfig()
                .bindAddress("127.0.0.1")
                .dynamicPort()
                .extensions(moody)
                .disableRequestJournal()
                .containerThreads(100)
                .asynchronousResponseEnabled(true)
                .asynchronousResponseThreads(100));

        @Override
        public Map<String, String> start() {
            http.start();
            http.stubFor(any(anyUrl()).willReturn(notFound()));
            return Map.of(
                    "carillon.provider.sendgrid.url", http.baseUrl(), "carillon.provider.twilio.url", http.baseUrl());
        }

        @Override
        public void stop() {
            http.stop();
        }
    }
}
