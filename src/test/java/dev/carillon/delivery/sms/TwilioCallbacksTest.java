package dev.carillon.delivery.sms;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.delivery.Block;
import dev.carillon.delivery.report.Callback;
import dev.carillon.delivery.report.CallbackReading;
import dev.carillon.delivery.report.CallbackReading.Authentic;
import dev.carillon.delivery.report.Consent;
import dev.carillon.delivery.report.DeliveryReport.ReportedStatus;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.net.URL;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TwilioCallbacksTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final String URL = "https://notify.example.com/api/v1/callbacks/twilio";
    private static final String DELIVERY = "01KAJ3W4S8M2Q9V7T5R1N3X0ZC";

    /** From Twilio's documentation. */
    @Test
    void what_twilio_signed_is_let_in() {
        // Given
        var body = "Digits=1234&To=%2B18005551212&From=%2B14158675309&Caller=%2B14158675309&CallSid=CA1234567890ABCDE";

        // Then
        assertThat(reader("https://mycompany.com/myapp.php", "12345")
                        .read(callback("foo=1&bar=2", body, "RSOYDt4T1cUTdK1PDd93/VVr8B8=")))
                .isEqualTo(new CallbackReading.Malformed("no MessageSid"));
        assertThat(reader("https://mycompany.com/myapp.php?x", "12345")
                        .read(callback("foo=1&bar=2", body, "RSOYDt4T1cUTdK1PDd93/VVr8B8=")))
                .isInstanceOf(CallbackReading.Malformed.class);
        assertThat(reader("https://mycompany.com/myapp.php", "12345")
                        .read(callback("foo=1&bar=3", body, "RSOYDt4T1cUTdK1PDd93/VVr8B8=")))
                .isInstanceOf(CallbackReading.Forged.class);
        assertThat(reader("https://mycompany.com/myapp.php", "12345")
                        .read(callback("foo=1&bar=2", body + "5", "RSOYDt4T1cUTdK1PDd93/VVr8B8=")))
                .isInstanceOf(CallbackReading.Forged.class);
        assertThat(reader("https://mycompany.com/myapp.php", "12346")
                        .read(callback("foo=1&bar=2", body, "RSOYDt4T1cUTdK1PDd93/VVr8B8=")))
                .isInstanceOf(CallbackReading.Forged.class);
        assertThat(reader("https://mycompany.com/myapp.php", "12345").read(callback("foo=1&bar=2", body, "not base64")))
                .isInstanceOf(CallbackReading.Forged.class);
        assertThat(reader("https://mycompany.com/myapp.php", "12345").read(callback("foo=1&bar=2", body, null)))
                .isInstanceOf(CallbackReading.Forged.class);
    }

    @Test
    void without_a_token_or_a_url_nobody_is_heard() {
        assertThat(reader(URL, "").read(callback("", "", "x"))).isInstanceOf(CallbackReading.NotConfigured.class);
        assertThat(reader("", "token").read(callback("", "", "x"))).isInstanceOf(CallbackReading.NotConfigured.class);
    }

    /** Twilio signs with the account's token, never with the secret of an API key. */
    @Test
    void the_secret_of_an_api_key_is_no_token() {
        assertThat(reader(Map.of("status-callback", URL, "auth-token", "secret", "api-key-sid", "SK1"))
                        .read(callback("", "", "x")))
                .isInstanceOf(CallbackReading.NotConfigured.class);
        assertThat(reader(Map.of(
                                "status-callback",
                                URL,
                                "auth-token",
                                "secret",
                                "api-key-sid",
                                "SK1",
                                "webhook-token",
                                "token"))
                        .read(callback("", "", "x")))
                .isInstanceOf(CallbackReading.Forged.class);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "delivered,   none,  DELIVERED, none",
                "read,        none,  DELIVERED, none",
                "undelivered, 30003, BOUNCED,   none",
                "undelivered, 30005, BOUNCED,   BOUNCE",
                "undelivered, 30006, BOUNCED,   BOUNCE",
                "failed,      21610, BOUNCED,   STOP",
                "failed,      none,  BOUNCED,   none",
            })
    void each_status_means_something_for_the_delivery_and_for_the_number(
            String status, @Nullable String code, ReportedStatus fate, @Nullable Block block) {
        // Given
        var fields = new HashMap<>(Map.of("MessageSid", "SM1", "MessageStatus", status));
        if (code != null) {
            fields.put("ErrorCode", code);
        }

        // When
        var reading = signed("deliveryId=" + DELIVERY, fields);

        // Then
        assertThat(reading)
                .isInstanceOfSatisfying(
                        Authentic.class,
                        heard -> assertThat(heard.reports()).singleElement().satisfies(report -> {
                            assertThat(report.eventId()).isEqualTo("SM1/" + status);
                            assertThat(report.deliveryId()).isEqualTo(DELIVERY);
                            assertThat(report.status()).isEqualTo(fate);
                            assertThat(report.block()).isEqualTo(block);
                        }));
    }

    @Test
    void what_is_on_its_way_still_is() {
        for (var status : List.of("queued", "sending", "sent", "accepted")) {
            assertThat(signed("deliveryId=" + DELIVERY, Map.of("MessageSid", "SM1", "MessageStatus", status)))
                    .isEqualTo(new Authentic(List.of(), List.of(), 1));
        }
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "' stop ', none,  '',            default, false",
                "whatever, STOP,  tenant=brand-b, brand-b, false",
                "Start,    none,  tenant=brand-b, brand-b, true",
            })
    void an_answer_says_whether_more_may_come(
            String text, @Nullable String optOut, String query, String tenant, boolean given) {
        // Given
        var fields = new HashMap<>(Map.of("MessageSid", "SM2", "From", "+15557654321", "Body", text));
        if (optOut != null) {
            fields.put("OptOutType", optOut);
        }

        // Then
        assertThat(signed(query, fields))
                .isEqualTo(new Authentic(
                        List.of(), List.of(new Consent("SM2", tenant, "sms", "+15557654321", given, NOW)), 0));
    }

    @Test
    void any_other_answer_is_not_ours_to_read() {
        assertThat(signed(
                        "", Map.of("MessageSid", "SM2", "From", "+15557654321", "Body", "stop sending me three a day")))
                .isEqualTo(new Authentic(List.of(), List.of(), 1));
    }

    private static CallbackReading signed(String query, Map<String, String> fields) {
        var body = fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        var all = new StringBuilder(query.isEmpty() ? URL : URL + "?" + query);
        new TreeMap<>(fields).forEach((name, value) -> all.append(name).append(value));
        try {
            var mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec("token".getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            return reader(URL, "token")
                    .read(callback(
                            query,
                            body,
                            Base64.getEncoder()
                                    .encodeToString(mac.doFinal(all.toString().getBytes(StandardCharsets.UTF_8)))));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static TwilioCallbacks reader(String url, String token) {
        return reader(Map.of("status-callback", url, "auth-token", token));
    }

    private static TwilioCallbacks reader(Map<String, String> settings) {
        var values = settings.entrySet().stream()
                .collect(Collectors.toMap(one -> "carillon.provider.twilio." + one.getKey(), Map.Entry::getValue));
        return new TwilioCallbacks(new SmallRyeConfigBuilder()
                .withMapping(TwilioSettings.class)
                .withDefaultValues(values)
                .build()
                .getConfigMapping(TwilioSettings.class));
    }

    private static Callback callback(String query, String body, @Nullable String signature) {
        return new Callback(
                "twilio",
                query,
                name -> TwilioCallbacks.SIGNATURE.equals(name) ? signature : null,
                body.getBytes(StandardCharsets.UTF_8),
                NOW);
    }
}
