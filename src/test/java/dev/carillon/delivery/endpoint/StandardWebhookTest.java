package dev.carillon.delivery.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StandardWebhookTest {

    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String OTHER = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSx";
    private static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private static final Instant AT = Instant.ofEpochSecond(1_614_265_330);
    private static final String BODY = "{\"test\": 2432232314}";

    @Test
    void signs_as_the_specification_has_it() {
        // When
        var headers = StandardWebhook.of(List.of(SECRET)).headers(ID, AT, BODY.getBytes(StandardCharsets.UTF_8));

        // Then
        assertThat(headers)
                .containsEntry("webhook-id", ID)
                .containsEntry("webhook-timestamp", "1614265330")
                .containsEntry("webhook-signature", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void while_a_secret_takes_the_others_place_both_sign() {
        // When
        var headers = StandardWebhook.of(List.of(OTHER, SECRET)).headers(ID, AT, BODY.getBytes(StandardCharsets.UTF_8));

        // Then
        assertThat(headers.get("webhook-signature"))
                .matches("v1,\\S{44} v1,\\S{44}")
                .endsWith(" v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void without_a_secret_there_is_no_signature() {
        assertThat(StandardWebhook.of(List.of()).headers(ID, AT, BODY.getBytes(StandardCharsets.UTF_8)))
                .containsOnlyKeys("webhook-id", "webhook-timestamp");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "whsec_",
                "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                "whsec_c2hvcnQ=",
                "whsec_not*base64*at*all*not*base64*at*all"
            })
    void an_unfit_secret_is_not_taken_and_not_quoted(String secret) {
        assertThatThrownBy(() -> StandardWebhook.of(List.of(secret)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("c2hvcnQ")
                .hasMessageNotContaining("MfKQ")
                .hasMessageNotContaining("base64*");
    }
}
