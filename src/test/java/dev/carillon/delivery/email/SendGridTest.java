package dev.carillon.delivery.email;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import dev.carillon.delivery.Delivery;
import dev.carillon.delivery.DeliveryOutcome.Fault;
import dev.carillon.delivery.DeliveryOutcome.Refused;
import dev.carillon.delivery.DeliveryOutcome.RetryLater;
import dev.carillon.delivery.DeliveryOutcome.Sent;
import dev.carillon.delivery.FailureKind;
import dev.carillon.delivery.Gateway;
import dev.carillon.delivery.TestDeliveries;
import dev.carillon.delivery.httpclient.HttpGateways;
import dev.carillon.delivery.httpclient.HttpProviderContractTest;
import dev.carillon.delivery.httpclient.TestHttpSettings;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SendGridTest extends HttpProviderContractTest {

    @Override
    protected Gateway gateway(Duration deadline) {
        var from = new EmailFrom("shop@example.com", "The Shop", "help@example.com");
        return new HttpGateways(vertx, clock)
                .open(new SendGrid(url(), "SG.secret", from), new TestHttpSettings(deadline, 5));
    }

    @Override
    protected Delivery delivery() {
        return TestDeliveries.delivery("email", 1);
    }

    @Override
    protected String path() {
        return "/v3/mail/send";
    }

    @Override
    protected ResponseDefinitionBuilder yes() {
        return aResponse().withStatus(202).withHeader("X-Message-Id", "14c5d75ce93.dfd.64b469");
    }

    @Override
    protected ResponseDefinitionBuilder no(int status, String code, String message) {
        return aResponse()
                .withStatus(status)
                .withHeader("Content-Type", "application/json")
                .withBody(new JsonObject()
                        .put(
                                "errors",
                                new JsonArray()
                                        .add(new JsonObject()
                                                .put("message", message)
                                                .put("field", "to")))
                        .encode());
    }

    @Test
    void the_mail_is_as_the_mail_send_api_has_it() {
        // Given
        takes();
        var delivery = TestDeliveries.mail("Your order", "Shipped", "<p>Shipped</p>", "https://example.com/stop/1");

        // When
        var outcome = send(delivery);

        // Then
        assertThat(outcome).isEqualTo(new Sent("14c5d75ce93.dfd.64b469"));
        var request = requests().get(0);
        assertThat(request.getHeader("Authorization")).isEqualTo("Bearer SG.secret");
        assertThat(request.getHeader("Content-Type")).isEqualTo("application/json");
        assertThat(new JsonObject(request.getBodyAsString()))
                .isEqualTo(new JsonObject("""
                {"personalizations": [{"to": [{"email": "someone@example.com"}],
                                       "custom_args": {"deliveryId": "%s", "notificationId": "%s"}}],
                 "from": {"email": "shop@example.com", "name": "The Shop"},
                 "reply_to": {"email": "help@example.com"},
                 "subject": "Your order",
                 "content": [{"type": "text/plain", "value": "Shipped"}, {"type": "text/html", "value": "<p>Shipped</p>"}],
                 "headers": {"Auto-Submitted": "auto-generated", "List-Unsubscribe": "<https://example.com/stop/1>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}}""".formatted(delivery.id(), delivery.notificationId())));
    }

    @ParameterizedTest
    @CsvSource({
        "400,from.email,true",
        "400,reply_to,true",
        "400,personalizations.0.to.0.email,false",
        "400,fromage,false",
        "401,none,true",
        "403,from,true",
        "404,none,true",
        "413,none,false"
    })
    void what_is_about_our_account_or_our_sender_is_no_messages_fault(int status, String field, boolean ours) {
        // Given
        answers(aResponse()
                .withStatus(status)
                .withBody(new JsonObject()
                        .put(
                                "errors",
                                new JsonArray()
                                        .add(new JsonObject()
                                                .put("message", PERSONAL)
                                                .put("field", field)))
                        .encode()));

        // Then
        assertThat(send(delivery()))
                .isEqualTo(
                        ours
                                ? new RetryLater(FailureKind.PROVIDER_ERROR, "HTTP " + status, null, Fault.PROVIDER)
                                : new Refused(FailureKind.REJECTED, "HTTP " + status));
    }

    @Test
    void mail_nobody_can_unsubscribe_from_says_only_that_nobody_wrote_it() {
        // Given
        takes();

        // When
        send(delivery());

        // Then
        assertThat(new JsonObject(requests().get(0).getBodyAsString()).getJsonObject("headers"))
                .isEqualTo(new JsonObject("{\"Auto-Submitted\": \"auto-generated\"}"));
    }
}
