package dev.carillon.delivery.sms;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import dev.carillon.delivery.Block;
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
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.json.JsonObject;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TwilioTest extends HttpProviderContractTest {

    @Override
    protected Gateway gateway(Duration deadline) {
        return new HttpGateways(vertx, clock)
                .open(new Twilio(settings(Map.of()), clock), new TestHttpSettings(deadline, 5));
    }

    @Override
    protected Delivery delivery() {
        return TestDeliveries.to("sms", "+1-555-765-4321", "Shipped & on its way: 100 %", null);
    }

    @Override
    protected String path() {
        return "/2010-04-01/Accounts/AC123/Messages.json";
    }

    @Override
    protected ResponseDefinitionBuilder yes() {
        return aResponse()
                .withStatus(201)
                .withBody(new JsonObject()
                        .put("sid", "SM90210")
                        .put("status", "queued")
                        .putNull("error_code")
                        .encode());
    }

    @Override
    protected ResponseDefinitionBuilder no(int status, String code, String message) {
        return aResponse()
                .withStatus(status)
                .withBody(new JsonObject()
                        .put("code", status == 400 ? 21211 : 20000 + status)
                        .put("message", message)
                        .put("status", status)
                        .encode());
    }

    @Test
    void the_message_is_as_the_messages_api_has_it() {
        // Given
        takes();

        // When
        var outcome = send(delivery());

        // Then
        assertThat(outcome).isEqualTo(new Sent("SM90210"));
        assertThat(requests().get(0).getHeader("Authorization")).isEqualTo("Basic QUMxMjM6c2VjcmV0");
        assertThat(sent())
                .isEqualTo(Map.of("To", "+15557654321", "From", "+15550000000", "Body", "Shipped & on its way: 100 %"));
    }

    @Test
    void a_message_is_not_kept_longer_than_it_is_of_use() {
        // Given
        takes();
        try (var stopped = clock.stop()) {

            // When
            send(TestDeliveries.to(
                    "sms", "+15557654321", "code 1234", clock.instant().plusSeconds(90)));

            // Then
            assertThat(sent()).containsEntry("ValidityPeriod", "90");
        }
    }

    @Test
    void twilio_is_told_where_to_tell_what_became_of_it() {
        // Given
        takes();
        var settings = settings(Map.of(
                "carillon.provider.twilio.status-callback", "https://notify.example.com/api/v1/callbacks/twilio"));
        var delivery = delivery();

        // When
        new HttpGateways(vertx, clock)
                .open(new Twilio(settings, clock), settings)
                .send(TestDeliveries.leased(delivery, 1, clock.instant()))
                .await()
                .indefinitely();

        // Then
        assertThat(sent())
                .containsEntry(
                        "StatusCallback",
                        "https://notify.example.com/api/v1/callbacks/twilio?deliveryId=" + delivery.id());
    }

    @Test
    void a_refusal_is_kept_with_twilios_number_for_it() {
        // Given
        refuses();

        // When
        var outcome = send(delivery());

        // Then
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.detail()).isEqualTo("HTTP 400 21211"));
    }

    /** 21610: they answered STOP. 21211, 21408 and 30007 are no numbers, regions we may not write to, filters: none of them is somebody's wish. */
    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {"400,21610,STOP", "400,21211,none", "403,21408,none", "400,30007,none", "400,0,none"})
    void a_number_that_told_twilio_to_stop_gets_nothing_more(int status, int code, @Nullable Block block) {
        // Given
        answers(aResponse()
                .withStatus(status)
                .withBody(new JsonObject()
                        .put("code", code)
                        .put("message", PERSONAL)
                        .encode()));

        // Then
        assertThat(send(delivery()))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.block()).isEqualTo(block));
    }

    /** Each with the status it comes with: the account, its credentials, its sender. */
    @ParameterizedTest
    @CsvSource({
        "401,20003",
        "403,20003",
        "403,20005",
        "403,20006",
        "404,20404",
        "400,21212",
        "400,21606",
        "400,21660",
        "404,21703",
        "400,30002",
        "401,0",
        "403,0"
    })
    void what_is_about_our_account_is_no_messages_fault(int status, int code) {
        // Given
        answers(aResponse()
                .withStatus(status)
                .withBody(new JsonObject()
                        .put("code", code)
                        .put("message", PERSONAL)
                        .encode()));

        // Then
        assertThat(send(delivery()))
                .isEqualTo(new RetryLater(
                        FailureKind.PROVIDER_ERROR, "HTTP " + status + " " + code, null, Fault.PROVIDER));
    }

    @Test
    void a_messaging_service_stands_in_for_the_number() {
        // Given
        takes();
        var settings = settings(Map.of(
                "carillon.provider.twilio.messaging-service-sid",
                "MG1",
                "carillon.provider.twilio.api-key-sid",
                "SK1"));

        // When
        new HttpGateways(vertx, clock)
                .open(new Twilio(settings, clock), settings)
                .send(TestDeliveries.leased(delivery(), 1, clock.instant()))
                .await()
                .indefinitely();

        // Then
        assertThat(sent()).containsEntry("MessagingServiceSid", "MG1").doesNotContainKey("From");
        assertThat(requests().get(0).getHeader("Authorization")).isEqualTo("Basic U0sxOnNlY3JldA==");
    }

    @Test
    void what_is_missing_in_the_configuration_is_named() {
        for (var key : new String[] {"account-sid", "auth-token", "from"}) {
            // When
            var settings = settings(Map.of("carillon.provider.twilio." + key, ""));

            // Then
            assertThatThrownBy(() -> new Twilio(settings, clock))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("carillon.provider.twilio." + key + " is not set")
                    .hasMessageNotContaining("secret");
        }
    }

    private Map<String, String> sent() {
        return Arrays.stream(requests().get(0).getBodyAsString().split("&"))
                .map(field -> field.split("=", 2))
                .collect(Collectors.toMap(
                        field -> field[0], field -> URLDecoder.decode(field[1], StandardCharsets.UTF_8)));
    }

    private TwilioSettings settings(Map<String, String> others) {
        var values = new HashMap<>(Map.of(
                "carillon.provider.twilio.url", url().toString(),
                "carillon.provider.twilio.account-sid", "AC123",
                "carillon.provider.twilio.auth-token", "secret",
                "carillon.provider.twilio.from", "+15550000000"));
        values.putAll(others);
        return new SmallRyeConfigBuilder()
                .withMapping(TwilioSettings.class)
                .withDefaultValues(values)
                .build()
                .getConfigMapping(TwilioSettings.class);
    }
}
