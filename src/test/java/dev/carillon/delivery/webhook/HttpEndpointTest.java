package dev.carillon.delivery.webhook;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import dev.carillon.delivery.DeliveryOutcome.Refused;
import dev.carillon.delivery.DeliveryOutcome.Sent;
import dev.carillon.delivery.Gateway;
import dev.carillon.delivery.Parcel;
import dev.carillon.delivery.Parcels;
import dev.carillon.delivery.http.HttpGateways;
import dev.carillon.delivery.http.HttpProviderContractTest;
import dev.carillon.delivery.http.PublicDestination.OutgoingRules;
import dev.carillon.delivery.http.TestHttpSettings;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HttpEndpointTest extends HttpProviderContractTest {

    private static final StandardWebhook SIGNING = StandardWebhook.of(List.of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"));

    @Override
    protected Gateway gateway(Duration deadline) {
        return gateway(deadline, List.of("127.0.0.0/8"));
    }

    private Gateway gateway(Duration deadline, List<String> openNetworks) {
        var rules = new OutgoingRules(true, Set.of(server.port()), openNetworks);
        return new HttpGateways(vertx, clock).openPublic(new HttpEndpoint(SIGNING, clock), new TestHttpSettings(deadline, 5), rules);
    }

    @Override
    protected Parcel parcel() {
        return Parcels.to("webhook", url() + "/hook?customer=1", "Shipped", null);
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

    @Test
    void the_call_is_signed_and_the_same_in_every_attempt_but_for_its_time() {
        // Given
        takes();
        var parcel = parcel();
        try (var stopped = clock.stop()) {

            // When
            send(parcel);
            clock.advance(Duration.ofMinutes(5));
            send(parcel);

            // Then
            var first = requests().get(0);
            var second = requests().get(1);
            assertThat(first.getUrl()).isEqualTo("/hook?customer=1");
            assertThat(first.getBodyAsString()).isEqualTo(second.getBodyAsString());
            assertThat(new JsonObject(first.getBodyAsString()).getJsonObject("data").getString("text")).isEqualTo("Shipped");
            assertThat(List.of(first.getHeader("webhook-id"), second.getHeader("webhook-id"))).containsOnly(parcel.id());
            for (var request : requests()) {
                var at = Instant.ofEpochSecond(Long.parseLong(request.getHeader("webhook-timestamp")));
                assertThat(request.getHeader("webhook-signature"))
                        .isEqualTo(SIGNING.headers(parcel.id(), at, request.getBodyAsString()).get("webhook-signature"));
            }
            assertThat(Long.parseLong(second.getHeader("webhook-timestamp")) - Long.parseLong(first.getHeader("webhook-timestamp"))).isEqualTo(300);
        }
    }

    @Test
    void what_is_not_public_is_not_called() {
        // Given
        takes();
        var gateway = gateway(Duration.ofSeconds(30), List.of());

        // When
        var outcome = gateway.send(Parcels.leased(parcel(), 1, clock.instant())).await().indefinitely();

        // Then
        assertThat(outcome).isInstanceOfSatisfying(Refused.class,
                refused -> assertThat(refused.detail()).isEqualTo("leads into a network that is not public"));
        assertThat(calls()).isZero();
    }

    @Test
    void what_is_taken_has_our_id() {
        // Given
        takes();
        var parcel = parcel();

        // When
        var outcome = send(parcel);

        // Then
        assertThat(outcome).isEqualTo(new Sent(parcel.id()));
    }
}
