package dev.carillon.delivery.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.delivery.DeliveryOutcome.Refused;
import dev.carillon.delivery.DeliveryOutcome.Sent;
import dev.carillon.delivery.TestDeliveries;
import dev.carillon.delivery.TestProviders;
import dev.carillon.delivery.httpclient.HttpGateways;
import dev.carillon.testing.SettableClock;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookChannelTest {

    private static final Vertx VERTX = Vertx.vertx();

    private final WebhookChannel channel = new WebhookChannel(
            TestProviders.only("webhook", delivery -> Uni.createFrom().item(new Sent("1"))));

    @AfterAll
    static void close() {
        VERTX.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "not a url",
                "/hook",
                "https://exa mple.com/",
                "https://example.com/\r\nX: 1",
                "https://[bad/",
                "{url}"
            })
    void what_is_no_url_is_refused_and_not_quoted(String address) {
        // When
        var outcome = channel.send(
                        TestDeliveries.leased(TestDeliveries.to("webhook", address, "Text", null), 1, Instant.EPOCH))
                .await()
                .indefinitely();

        // Then
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused ->
                                assertThat(refused.detail()).isIn("not a URL", "the address has a control character"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nope",
                "not a url",
                "/hook",
                "//example.com/hook",
                "https:/hook",
                "https://",
                "https://exa mple.com/",
                "mailto:a@example.com",
                "ftp://example.com/",
                "urn:a:b",
                "javascript:alert(1)"
            })
    void what_could_never_be_called_is_no_address(String written) {
        assertThat(channel.address(written).problem()).startsWith("must be a URL");
    }

    @Test
    void an_address_is_kept_as_it_is_written() {
        assertThat(channel.address(" HTTPS://Example.com:8443/Hook?a=b ").canonical())
                .contains("HTTPS://Example.com:8443/Hook?a=b");
    }

    @Test
    void a_url_is_handed_on() {
        // When
        var outcome = channel.send(TestDeliveries.leased(
                        TestDeliveries.to("webhook", "https://example.com/hook", "Text", null), 1, Instant.EPOCH))
                .await()
                .indefinitely();

        // Then
        assertThat(outcome).isEqualTo(new Sent("1"));
    }

    @Test
    void a_wrong_secret_or_network_stops_the_start_and_is_named() {
        assertThatThrownBy(() -> open("carillon.provider.http.secrets", "whsec_c2hvcnQ="))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("carillon.provider.http.secrets")
                .hasMessageNotContaining("c2hvcnQ");
        assertThatThrownBy(() -> open("carillon.provider.http.open-networks", "inside"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("carillon.provider.http.open-networks: inside");
        assertThatThrownBy(() -> open("carillon.provider.http.open-networks", "10.0.0.0/99"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("carillon.provider.http.open-networks: 10.0.0.0/99");
    }

    private static void open(String key, String value) {
        var settings = new SmallRyeConfigBuilder()
                .withMapping(HttpEndpointSettings.class)
                .withDefaultValues(Map.of(key, value))
                .build()
                .getConfigMapping(HttpEndpointSettings.class);
        var clock = new SettableClock();
        new EndpointProvider()
                .http(settings, new HttpGateways(VERTX, clock), clock)
                .open("webhook");
    }
}
