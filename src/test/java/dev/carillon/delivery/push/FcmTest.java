package dev.carillon.delivery.push;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import dev.carillon.delivery.Block;
import dev.carillon.delivery.Delivery;
import dev.carillon.delivery.DeliveryOutcome;
import dev.carillon.delivery.DeliveryOutcome.Fault;
import dev.carillon.delivery.DeliveryOutcome.Refused;
import dev.carillon.delivery.DeliveryOutcome.Sent;
import dev.carillon.delivery.FailureKind;
import dev.carillon.delivery.Gateway;
import dev.carillon.delivery.TestDeliveries;
import dev.carillon.delivery.httpclient.HttpGateways;
import dev.carillon.delivery.httpclient.HttpProviderContractTest;
import dev.carillon.delivery.httpclient.TestHttpSettings;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.IntStream;
import org.jose4j.jws.JsonWebSignature;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FcmTest extends HttpProviderContractTest {

    private static final TestKeys KEYS = TestKeys.rsa();
    private static final String TOKEN = "/token";

    @Override
    protected Gateway gateway(Duration deadline) {
        var settings = new TestHttpSettings(deadline, 5);
        var gateways = new HttpGateways(vertx, clock);
        var account = ServiceAccount.parse(key().encode());
        return gateways.open(
                new Fcm(url(), account.project(), new AccessTokens(account, gateways.caller(settings), clock), clock),
                settings);
    }

    private JsonObject key() {
        return new JsonObject()
                .put("project_id", "shop")
                .put("client_email", "push@shop.example")
                .put("private_key", KEYS.pem())
                .put("token_uri", url() + TOKEN);
    }

    @Override
    protected void prepare() {
        tokens(aResponse()
                .withBody(new JsonObject()
                        .put("access_token", "ya29.secret")
                        .put("expires_in", 3599)
                        .put("token_type", "Bearer")
                        .encode()));
    }

    @Override
    protected Delivery delivery() {
        return TestDeliveries.to("android", "device-token:1", "Shipped", null);
    }

    @Override
    protected String path() {
        return "/v1/projects/shop/messages:send";
    }

    @Override
    protected ResponseDefinitionBuilder yes() {
        return aResponse()
                .withBody(new JsonObject()
                        .put("name", "projects/shop/messages/0:15")
                        .encode());
    }

    @Override
    protected ResponseDefinitionBuilder no(int status, String code, String message) {
        var details = new JsonArray()
                .add(new JsonObject()
                        .put("@type", "type.googleapis.com/google.firebase.fcm.v1.FcmError")
                        .put("errorCode", code));
        return aResponse()
                .withStatus(status)
                .withBody(new JsonObject()
                        .put(
                                "error",
                                new JsonObject()
                                        .put("code", status)
                                        .put("message", message)
                                        .put("status", "STATUS")
                                        .put("details", details))
                        .encode());
    }

    @Test
    void the_message_is_as_the_http_v1_api_has_it() {
        // Given
        takes();
        try (var stopped = clock.stop()) {
            var delivery = TestDeliveries.to(
                    "android", "device-token:1", "Shipped", clock.instant().plusSeconds(60));

            // When
            var outcome = send(delivery);

            // Then
            assertThat(outcome).isEqualTo(new Sent("projects/shop/messages/0:15"));
            assertThat(requests().get(0).getHeader("Authorization")).isEqualTo("Bearer ya29.secret");
            assertThat(new JsonObject(requests().get(0).getBodyAsString())).isEqualTo(new JsonObject("""
                    {"message": {"token": "device-token:1",
                                 "notification": {"title": "Subject", "body": "Shipped"},
                                 "data": {"deliveryId": "%1$s", "notificationId": "%2$s"},
                                 "android": {"priority": "NORMAL", "ttl": "60s", "notification": {"tag": "%1$s"}},
                                 "apns": {"headers": {"apns-collapse-id": "%1$s", "apns-priority": "10", "apns-expiration": "%3$d"}}}}""".formatted(
                            delivery.id(),
                            delivery.notificationId(),
                            clock.instant().plusSeconds(60).getEpochSecond())));
        }
    }

    /** A 404 without FCM's own word for it may be a project that is not there. */
    @ParameterizedTest
    @CsvSource({"401,THIRD_PARTY_AUTH_ERROR", "401,UNAUTHENTICATED", "403,PERMISSION_DENIED", "404,NOT_FOUND"})
    void what_is_about_our_project_is_no_messages_fault(int status, String code) {
        // Given
        answers(no(status, code, PERSONAL));

        // When
        var outcome = retry(send(delivery()));

        // Then
        assertThat(outcome.failure()).isEqualTo(FailureKind.PROVIDER_ERROR);
        assertThat(outcome.fault()).isEqualTo(Fault.PROVIDER);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {"404,UNREGISTERED,BOUNCE", "400,INVALID_ARGUMENT,none", "403,SENDER_ID_MISMATCH,none"})
    void only_an_app_that_is_gone_gets_nothing_more(int status, @Nullable String code, @Nullable Block block) {
        // Given
        answers(no(status, code, PERSONAL));

        // Then
        assertThat(send(delivery()))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.block()).isEqualTo(block));
    }

    @Test
    void the_token_is_asked_for_with_an_assertion_the_account_has_signed() throws Exception {
        // Given
        takes();

        // When
        send(delivery());

        // Then
        var form =
                server.findAll(postRequestedFor(urlPathEqualTo(TOKEN))).get(0).getBodyAsString();
        assertThat(form).startsWith("grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&assertion=");
        var assertion = new JsonWebSignature();
        assertion.setCompactSerialization(
                URLDecoder.decode(form.substring(form.lastIndexOf('=') + 1), StandardCharsets.UTF_8));
        assertion.setKey(KEYS.verifying());
        assertThat(assertion.verifySignature()).isTrue();
        var claims = new JsonObject(assertion.getPayload());
        assertThat(claims.getString("iss")).isEqualTo("push@shop.example");
        assertThat(claims.getString("scope")).isEqualTo("https://www.googleapis.com/auth/firebase.messaging");
        assertThat(claims.getString("aud")).isEqualTo(url() + TOKEN);
        assertThat(claims.getLong("exp") - claims.getLong("iat")).isBetween(60L, 3600L);
    }

    @Test
    void one_token_does_for_many_at_once_and_until_shortly_before_its_end() {
        // Given
        takes();
        var gateway = gateway(Duration.ofSeconds(30));
        try (var stopped = clock.stop()) {

            // When
            var sends = IntStream.range(0, 20)
                    .mapToObj(i -> gateway.send(TestDeliveries.leased(delivery(), 1, clock.instant())))
                    .toList();
            Uni.join().all(sends).andFailFast().await().indefinitely();

            // Then
            assertThat(tokensAsked()).isEqualTo(1);

            // When
            clock.advance(Duration.ofMinutes(57));
            sendBy(gateway);

            // Then
            assertThat(tokensAsked()).isEqualTo(1);

            // When
            clock.advance(Duration.ofMinutes(1));
            sendBy(gateway);

            // Then
            assertThat(tokensAsked()).isEqualTo(2);
        }
    }

    @Test
    void a_token_that_is_not_taken_is_not_the_messages_fault_and_is_not_used_again() {
        // Given
        doesNotKnowUs();
        var gateway = gateway(Duration.ofSeconds(30));

        // When
        var outcome = sendBy(gateway);

        // Then
        assertThat(retry(outcome).failure()).isEqualTo(FailureKind.PROVIDER_ERROR);

        // When
        takes();

        // Then
        assertThat(sendBy(gateway)).isInstanceOf(Sent.class);
        assertThat(tokensAsked()).isEqualTo(2);
    }

    @Test
    void without_a_token_nothing_is_lost_and_the_next_one_asks_again() {
        // Given
        takes();
        tokens(aResponse()
                .withStatus(400)
                .withBody("{\"error\": \"invalid_grant\", \"error_description\": \"" + PERSONAL + "\"}"));
        var gateway = gateway(Duration.ofSeconds(30));

        // When
        var outcome = sendBy(gateway);

        // Then
        assertThat(retry(outcome).detail()).isEqualTo("no access token: HTTP 400");
        assertThat(calls()).isZero();

        // When
        prepare();

        // Then
        assertThat(sendBy(gateway)).isInstanceOf(Sent.class);
    }

    @Test
    void a_device_that_is_gone_is_refused_with_fcms_word_for_it() {
        // Given
        answers(no(404, "UNREGISTERED", PERSONAL));

        // When
        var outcome = send(delivery());

        // Then
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.detail()).isEqualTo("HTTP 404 UNREGISTERED"));
    }

    @Test
    void a_key_file_that_lacks_something_is_not_opened_and_not_quoted() {
        for (var field : key().fieldNames()) {
            // When
            var broken = key();
            broken.remove(field);

            // Then
            assertThatThrownBy(() -> ServiceAccount.parse(broken.encode()))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessage("carillon.provider.fcm.service-account has no " + field);
        }
        assertThatThrownBy(() -> ServiceAccount.parse("secret"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageNotContaining("secret");
        assertThatThrownBy(() -> ServiceAccount.parse(
                        key().put("private_key", "c2VjcmV0").encode()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageNotContaining("c2VjcmV0");
    }

    private DeliveryOutcome sendBy(Gateway gateway) {
        return gateway.send(TestDeliveries.leased(delivery(), 1, clock.instant()))
                .await()
                .indefinitely();
    }

    private void tokens(ResponseDefinitionBuilder answer) {
        server.stubFor(post(urlPathEqualTo(TOKEN)).willReturn(answer));
    }

    private int tokensAsked() {
        return server.findAll(postRequestedFor(urlPathEqualTo(TOKEN))).size();
    }
}
