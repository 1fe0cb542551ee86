package dev.carillon.delivery.push;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.f4b6a3.ulid.Ulid;
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
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.jose4j.jws.JsonWebSignature;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApnsTest extends HttpProviderContractTest {

    private static final TestKeys KEYS = TestKeys.ec();

    @Override
    protected Gateway gateway(Duration deadline) {
        var token = new ProviderToken("TEAM123456", "KEY1234567", SigningKey.of(KEYS.pem(), "EC", "key"), clock);
        return new HttpGateways(vertx, clock)
                .openHttp2(new Apns(url(), "com.example.shop", token), new TestHttpSettings(deadline, 2));
    }

    @Override
    protected Delivery delivery() {
        return TestDeliveries.to(
                "ios", "00fc13adff785122b4ad28809a3420982341241421348097878e577c991de8f0", "Shipped", null);
    }

    @Override
    protected String path() {
        return "/3/device/00fc13adff785122b4ad28809a3420982341241421348097878e577c991de8f0";
    }

    @Override
    protected ResponseDefinitionBuilder yes() {
        return aResponse().withHeader("apns-id", "EC1BF194-B3B2-424A-89A9-5A918A6E6B5D");
    }

    @Override
    protected ResponseDefinitionBuilder no(int status, String code, String message) {
        return aResponse()
                .withStatus(status)
                .withBody(new JsonObject()
                        .put("reason", code)
                        .put("message", message)
                        .encode());
    }

    @Test
    void the_notification_is_as_apns_has_it_over_http_2() {
        // Given
        takes();
        var expires = clock.instant().plusSeconds(60);
        var delivery = TestDeliveries.to("ios", delivery().recipient(), "Shipped", expires);

        // When
        var outcome = send(delivery);

        // Then
        assertThat(outcome).isEqualTo(new Sent("EC1BF194-B3B2-424A-89A9-5A918A6E6B5D"));
        var request = requests().get(0);
        assertThat(request.getProtocol()).isEqualTo("HTTP/2.0");
        assertThat(request.getHeader("apns-topic")).isEqualTo("com.example.shop");
        assertThat(request.getHeader("apns-push-type")).isEqualTo("alert");
        assertThat(request.getHeader("apns-priority")).isEqualTo("10");
        assertThat(request.getHeader("apns-expiration")).isEqualTo(String.valueOf(expires.getEpochSecond()));
        assertThat(request.getHeader("apns-id"))
                .isEqualTo(Ulid.from(delivery.id()).toUuid().toString());
        assertThat(request.getHeader("apns-collapse-id")).isEqualTo(delivery.id());
        assertThat(new JsonObject(request.getBodyAsString()))
                .isEqualTo(new JsonObject("""
                {"aps": {"alert": {"title": "Subject", "body": "Shipped"}, "sound": "default"}, "deliveryId": "%s", "notificationId": "%s"}""".formatted(delivery.id(), delivery.notificationId())));
    }

    @Test
    void the_token_is_signed_by_our_key_and_used_for_forty_minutes() throws Exception {
        // Given
        takes();
        try (var stopped = clock.stop()) {

            // When
            send(delivery());
            clock.advance(Duration.ofMinutes(39));
            send(delivery());
            clock.advance(Duration.ofMinutes(1));
            send(delivery());

            // Then
            var tokens = requests().stream()
                    .map(request -> request.getHeader("authorization"))
                    .distinct()
                    .toList();
            assertThat(requests()).hasSize(3);
            assertThat(tokens).hasSize(2).allMatch(token -> token.startsWith("bearer "));
            var token = new JsonWebSignature();
            token.setCompactSerialization(tokens.get(0).substring("bearer ".length()));
            token.setKey(KEYS.verifying());
            assertThat(token.verifySignature()).isTrue();
            assertThat(token.getAlgorithmHeaderValue()).isEqualTo("ES256");
            assertThat(token.getKeyIdHeaderValue()).isEqualTo("KEY1234567");
            assertThat(new JsonObject(token.getPayload()).getString("iss")).isEqualTo("TEAM123456");
        }
    }

    @Test
    void a_token_that_apns_calls_expired_is_not_the_messages_fault() {
        // Given
        answers(no(403, "ExpiredProviderToken", PERSONAL));
        try (var stopped = clock.stop()) {
            send(delivery());
            clock.advance(Duration.ofMinutes(21));

            // When
            var outcome = send(delivery());
            takes();
            send(delivery());

            // Then
            assertThat(retry(outcome).detail()).isEqualTo("HTTP 403 ExpiredProviderToken");
            assertThat(requests().stream()
                            .map(request -> request.getHeader("authorization"))
                            .distinct())
                    .hasSize(2);
        }
    }

    @Test
    void a_device_that_is_gone_is_refused_with_apns_word_for_it() {
        // Given
        answers(no(410, "Unregistered", PERSONAL));

        // When
        var outcome = send(delivery());

        // Then
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.detail()).isEqualTo("HTTP 410 Unregistered"));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "410,Unregistered,BOUNCE",
                "410,ExpiredToken,BOUNCE",
                "400,BadDeviceToken,BOUNCE",
                "400,DeviceTokenNotForTopic,none",
                "404,BadPath,none",
                "413,PayloadTooLarge,none",
                "410,none,none"
            })
    void only_a_device_that_is_gone_gets_nothing_more(int status, @Nullable String code, @Nullable Block block) {
        // Given
        answers(no(status, code, PERSONAL));

        // Then
        assertThat(send(delivery()))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.block()).isEqualTo(block));
    }

    @ParameterizedTest
    @CsvSource({
        "403,InvalidProviderToken",
        "403,MissingProviderToken",
        "403,Forbidden",
        "403,BadCertificate",
        "403,BadCertificateEnvironment",
        "400,BadTopic",
        "400,MissingTopic",
        "400,TopicDisallowed",
        "405,MethodNotAllowed"
    })
    void what_is_about_our_key_or_app_is_no_messages_fault(int status, String code) {
        // Given
        answers(no(status, code, PERSONAL));

        // Then
        assertThat(send(delivery()))
                .isEqualTo(new RetryLater(
                        FailureKind.PROVIDER_ERROR, "HTTP " + status + " " + code, null, Fault.PROVIDER));
    }

    @Test
    void an_address_cannot_leave_its_place_in_the_path() {
        // Given
        takes();

        // When
        send(TestDeliveries.to("ios", "../../admin?x=1#y", "Shipped", null));

        // Then
        assertThat(server.getAllServeEvents().get(0).getRequest().getUrl())
                .isEqualTo("/3/device/..%2F..%2Fadmin%3Fx%3D1%23y");
    }
}
