package dev.carillon.proof;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;

import com.github.tomakehurst.wiremock.WireMockServer;
import dev.carillon.eventsourced.reaction.OwnDatabase;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The application with a database of its own; Twilio, which answers by the last figures of a number; an Android that never works; and an
 * inbox that takes its time.
 */
public class Races extends OwnDatabase {

    static final String REFUSED = "+15550000400";
    static final String TOLD_TO_STOP = "+15550021610";
    static final String BUSY = "+15550000429";

    @Override
    public List<TestResourceEntry> testResources() {
        return Stream.concat(super.testResources().stream(), Stream.of(new TestResourceEntry(Twilio.class)))
                .toList();
    }

    @Override
    public Map<String, String> getConfigOverrides() {
        try {
            var type = Files.createDirectories(
                    Files.createTempDirectory("notifications").resolve("PUSHED"));
            Files.writeString(type.resolve("type.yaml"), """
                    description: Something that is pushed
                    category: order_updates
                    channels: [android]
                    variables:
                      orderId: { type: string, required: false, example: ord-001, description: The order }
                    """);
            Files.writeString(type.resolve("android.txt"), "Hello.");
            return Map.of(
                    "carillon.notifications.path",
                    type.getParent().toString(),
                    "carillon.delivery.android.mock.failure-rate",
                    "1",
                    "carillon.delivery.inbox.rate-limit.inbox",
                    "150",
                    "carillon.delivery.sms.provider",
                    "twilio",
                    "carillon.provider.twilio.account-sid",
                    "AC123",
                    "carillon.provider.twilio.auth-token",
                    "secret",
                    "carillon.provider.twilio.from",
                    "+15550000000");
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** Takes what is sent to anybody but those it knows something of. */
    public static final class Twilio implements QuarkusTestResourceLifecycleManager {

        private static final WireMockServer http = new WireMockServer(
                wireMockConfig().bindAddress("127.0.0.1").dynamicPort().disableRequestJournal());

        @Override
        public Map<String, String> start() {
            http.start();
            http.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(201).withBody("{\"sid\": \"SM1\"}")));
            answers(REFUSED, 400, "{\"code\": 21211, \"message\": \"not a number\"}");
            answers(TOLD_TO_STOP, 400, "{\"code\": 21610, \"message\": \"unsubscribed\"}");
            answers(BUSY, 429, "{}");
            return Map.of("carillon.provider.twilio.url", http.baseUrl());
        }

        private static void answers(String number, int status, String body) {
            http.stubFor(any(anyUrl())
                    .withRequestBody(containing("To=" + number.replace("+", "%2B")))
                    .willReturn(aResponse()
                            .withStatus(status)
                            .withHeader("Retry-After", "0")
                            .withBody(body)));
        }

        @Override
        public void stop() {
            http.stop();
        }
    }
}
