package dev.carillon.delivery.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.delivery.Block;
import dev.carillon.delivery.report.Callback;
import dev.carillon.delivery.report.CallbackReading;
import dev.carillon.delivery.report.CallbackReading.Authentic;
import dev.carillon.delivery.report.DeliveryReport;
import dev.carillon.delivery.report.DeliveryReport.ReportedStatus;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GenericCallbacksTest {

    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String OTHER = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSx";
    private static final String DELIVERY = "01KAJ3W4S8M2Q9V7T5R1N3X0ZC";
    private static final Instant NOW = Instant.ofEpochSecond(1_614_265_330);

    @Test
    void the_signature_of_the_specification_lets_in() {
        // Given
        var headers = Map.of(
                "webhook-id",
                "msg_p5jXN8AQM9LWM0D4loKWxJek",
                "webhook-timestamp",
                "1614265330",
                "webhook-signature",
                "v1,nonsense v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");

        // Then
        assertThat(reader().read(callback("acme", "{\"test\": 2432232314}", headers, NOW)))
                .isEqualTo(new Authentic(List.of(), List.of(), 1));
        assertThat(reader().read(callback("acme", "{\"test\": 2432232315}", headers, NOW)))
                .isInstanceOf(CallbackReading.Forged.class);
        assertThat(reader().read(callback("acme", "{\"test\": 2432232314}", headers, NOW.plusSeconds(301))))
                .isInstanceOf(CallbackReading.Forged.class);
        assertThat(reader().read(callback("acme", "{\"test\": 2432232314}", Map.of(), NOW)))
                .isInstanceOf(CallbackReading.Forged.class);
        assertThat(reader().read(callback("other", "{\"test\": 2432232314}", headers, NOW)))
                .isInstanceOf(CallbackReading.NotConfigured.class);
    }

    @Test
    void while_a_secret_takes_the_others_place_both_let_in() {
        assertThat(signed("{}", SECRET)).isInstanceOf(Authentic.class);
        assertThat(signed("{}", OTHER)).isInstanceOf(Authentic.class);
        assertThat(signed("{}", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSy")).isInstanceOf(CallbackReading.Forged.class);
    }

    @Test
    void an_event_alone_or_many_of_them() {
        // When
        var one = signed("{\"deliveryId\":\"" + DELIVERY + "\",\"status\":\"delivered\"}", SECRET);
        var many = signed(
                "{\"events\":[{\"id\":\"e1\",\"deliveryId\":\"" + DELIVERY
                        + "\",\"status\":\"bounced\",\"code\":\"5.1.1\",\"timestamp\":\"2021-02-25T15:00:00Z\"},"
                        + "{\"id\":\"e2\",\"status\":\"bounced\",\"permanent\":false},{\"status\":\"opened\"},{\"id\":\"e4\",\"status\":\"complained\"}]}",
                SECRET);

        // Then
        assertThat(one)
                .isEqualTo(new Authentic(
                        List.of(new DeliveryReport("msg_1/0", DELIVERY, ReportedStatus.DELIVERED, null, null, NOW)),
                        List.of(),
                        0));
        assertThat(many)
                .isEqualTo(new Authentic(
                        List.of(
                                new DeliveryReport(
                                        "e1",
                                        DELIVERY,
                                        ReportedStatus.BOUNCED,
                                        Block.BOUNCE,
                                        "5.1.1",
                                        Instant.parse("2021-02-25T15:00:00Z")),
                                new DeliveryReport("e2", null, ReportedStatus.BOUNCED, null, null, NOW),
                                new DeliveryReport("e4", null, ReportedStatus.COMPLAINED, Block.COMPLAINT, null, NOW)),
                        List.of(),
                        1));
    }

    @Test
    void garbage_is_called_garbage() {
        for (var body : List.of("", "[]", "{\"events\":{}}", "{\"events\":[1]}", "{\"events\":null}", "no JSON")) {
            assertThat(signed(body, SECRET)).as(body).isInstanceOf(CallbackReading.Malformed.class);
        }
    }

    @Test
    void a_secret_that_is_none_stops_the_start_and_is_not_quoted() {
        assertThatThrownBy(() -> reader(Map.of("carillon.callbacks.generic.acme.secrets", "s3cr3t")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("carillon.callbacks.generic.acme.secrets")
                .hasMessageNotContaining("s3cr3t");
    }

    private static CallbackReading signed(String body, String secret) {
        return reader().read(callback(
                "acme",
                body,
                StandardWebhook.of(List.of(secret)).headers("msg_1", NOW, body.getBytes(StandardCharsets.UTF_8)),
                NOW));
    }

    private static GenericCallbacks reader() {
        return reader(Map.of("carillon.callbacks.generic.acme.secrets", SECRET + "," + OTHER));
    }

    private static GenericCallbacks reader(Map<String, String> settings) {
        return new GenericCallbacks(new SmallRyeConfigBuilder()
                .withMapping(CallbackSettings.class)
                .withDefaultValues(settings)
                .build()
                .getConfigMapping(CallbackSettings.class));
    }

    private static Callback callback(String account, String body, Map<String, String> headers, Instant at) {
        return new Callback(account, "", headers::get, body.getBytes(StandardCharsets.UTF_8), at);
    }
}
