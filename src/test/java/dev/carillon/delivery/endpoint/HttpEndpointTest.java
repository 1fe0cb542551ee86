package dev.carillon.delivery.endpoint;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import dev.carillon.delivery.Delivery;
import dev.carillon.delivery.DeliveryOutcome.Refused;
import dev.carillon.delivery.DeliveryOutcome.Sent;
import dev.carillon.delivery.Gateway;
import dev.carillon.delivery.TestDeliveries;
import dev.carillon.delivery.httpclient.HttpGateways;
import dev.carillon.delivery.httpclient.HttpProviderContractTest;
import dev.carillon.delivery.httpclient.PublicDestination.OutgoingRules;
import dev.carillon.delivery.httpclient.TestHttpSettings;
import dev.carillon.testing.ApiDocument;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpEndpointTest extends HttpProviderContractTest {

    private static final StandardWebhook SIGNING =
            StandardWebhook.of(List.of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"));

    @Override
    protected Gateway gateway(Duration deadline) {
        return gateway(deadline, List.of("127.0.0.0/8"));
    }

    private Gateway gateway(Duration deadline, List<String> openNetworks) {
        var rules = new OutgoingRules(true, Set.of(server.port()), openNetworks);
        return new HttpGateways(vertx, clock)
                .openPublic(new HttpEndpoint(SIGNING, clock), new TestHttpSettings(deadline, 5), rules);
    }

    @Override
    protected Delivery delivery() {
        return TestDeliveries.to("webhook", url() + "/hook?customer=1", "Shipped", null);
    }

    @Override
    protected String path() {
        return "/hook";
    }

    @Override
    protected ResponseDefinitionBuilder yes() {
        return aResponse().withStatus(204);
    }

    @Override
    protected ResponseDefinitionBuilder no(int status, String code, String message) {
        return aResponse().withStatus(status).withBody(message);
    }

    @Override
    protected boolean takesAnyYes() {
        return true;
    }

    @Override
    protected boolean isTheRecipients() {
        return true;
    }

    @Test
    void the_call_is_signed_and_the_same_in_every_attempt_but_for_its_time() {
        // Given
        takes();
        var delivery = delivery();
        try (var stopped = clock.stop()) {

            // When
            send(delivery);
            clock.advance(Duration.ofMinutes(5));
            send(delivery);

            // Then
            var first = requests().get(0);
            var second = requests().get(1);
            assertThat(first.getUrl()).isEqualTo("/hook?customer=1");
            assertThat(first.getBodyAsString()).isEqualTo(second.getBodyAsString());
            assertThat(new JsonObject(first.getBodyAsString())
                            .getJsonObject("data")
                            .getString("text"))
                    .isEqualTo("Shipped");
            assertThat(ApiDocument.ofWebhooks()
                            .findings(
                                    "/webhooks/notification/post/requestBody/content/application~1json/schema",
                                    first.getBodyAsString()))
                    .isEmpty();
            assertThat(List.of(first.getHeader("webhook-id"), second.getHeader("webhook-id")))
                    .containsOnly(delivery.id());
            for (var request : requests()) {
                var at = Instant.ofEpochSecond(Long.parseLong(request.getHeader("webhook-timestamp")));
                assertThat(request.getHeader("webhook-signature"))
                        .isEqualTo(SIGNING.headers(delivery.id(), at, request.getBody())
                                .get("webhook-signature"));
            }
            assertThat(Long.parseLong(second.getHeader("webhook-timestamp"))
                            - Long.parseLong(first.getHeader("webhook-timestamp")))
                    .isEqualTo(300);
        }
    }

    /** Checked over the bytes that arrived, with nothing of ours. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "🎉",
                "Grüße €",
                "👩‍👩‍👧‍👦 🏴󠁧󠁢󠁳󠁣󠁴󠁿",
                "e\u0301 \u1e9b\u0323",
                "line\u2028and\u2029paragraph",
                "half \ud83c",
                "\udf89 the other half",
                "\udf89\ud83c",
                "\\u0041 \"quoted\" </script>",
                "\u0000\u0001\u001f\u007f\u0085",
                "\ufeff\ufffe\uffff",
                "日本語",
                "\r\n\t"
            })
    void the_bytes_that_are_signed_are_the_bytes_that_are_sent(String text) throws Exception {
        // Given
        takes();
        var delivery = new Delivery(
                TestDeliveries.id(),
                "test-deliveries",
                TestDeliveries.id(),
                "webhook",
                url() + "/hook",
                text,
                text,
                text,
                1,
                null,
                null,
                null);

        // When
        var outcome = send(delivery);

        // Then
        assertThat(outcome).isInstanceOf(Sent.class);
        var request = requests().get(0);
        assertThat(request.getHeader("Content-Length")).isEqualTo(String.valueOf(request.getBody().length));
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(Base64.getDecoder().decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"), "HmacSHA256"));
        mac.update((request.getHeader("webhook-id") + "." + request.getHeader("webhook-timestamp") + ".")
                .getBytes(StandardCharsets.US_ASCII));
        assertThat(request.getHeader("webhook-signature"))
                .isEqualTo("v1," + Base64.getEncoder().encodeToString(mac.doFinal(request.getBody())));
        var arrived = new ObjectMapper()
                .readTree(request.getBody())
                .get("data")
                .get("text")
                .asText();
        assertThat(arrived).isEqualTo(new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8));
    }

    @Test
    void what_is_not_public_is_not_called() {
        // Given
        takes();
        var gateway = gateway(Duration.ofSeconds(30), List.of());

        // When
        var outcome = gateway.send(TestDeliveries.leased(delivery(), 1, clock.instant()))
                .await()
                .indefinitely();

        // Then
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.detail()).isEqualTo("the address must lead to a public network"));
        assertThat(calls()).isZero();
    }

    @Test
    void what_is_taken_has_our_id() {
        // Given
        takes();
        var delivery = delivery();

        // When
        var outcome = send(delivery);

        // Then
        assertThat(outcome).isEqualTo(new Sent(delivery.id()));
    }
}
