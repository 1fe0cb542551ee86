package dev.carillon.delivery.sms;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;

import dev.carillon.delivery.slack.RealProviders;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What people answer to our number, as Twilio tells us. */
@QuarkusTest
@TestProfile(RealProviders.class)
class OptOutTest {

    private static final String URL = "https://notify.example.com/api/v1/callbacks/twilio";

    private final String number = "+12122" + String.format("%06d", System.nanoTime() % 1_000_000);

    @ParameterizedTest
    @ValueSource(strings = {"stop", "Revoke!", "opt out"})
    void who_says_stop_is_left_alone_until_they_say_start(String word) {
        // When
        answered(word);

        // Then
        given().queryParam("channel", "sms")
                .queryParam("address", number)
                .get("/api/v1/suppressions")
                .then()
                .body("suppressions.cause", contains("stop"));

        // When
        answered("Unstop.");

        // Then
        given().queryParam("channel", "sms")
                .queryParam("address", number)
                .get("/api/v1/suppressions")
                .then()
                .body("suppressions", empty());
    }

    @Test
    void who_merely_mentions_it_is_not() {
        // When
        answered("please do not stop, and cancel nothing 🎉");

        // Then
        given().queryParam("channel", "sms")
                .queryParam("address", number)
                .get("/api/v1/suppressions")
                .then()
                .body("suppressions", empty());
    }

    @Test
    void yes_lifts_no_suppression_of_ours() {
        // Given
        given().contentType(ContentType.JSON)
                .body(Map.of("channel", "sms", "address", number))
                .post("/api/v1/suppressions")
                .then()
                .statusCode(201);

        // When
        answered("Yes");

        // Then
        given().queryParam("channel", "sms")
                .queryParam("address", number)
                .get("/api/v1/suppressions")
                .then()
                .body("suppressions.cause", contains("manual"));
    }

    @Test
    void a_stop_to_a_tenant_that_is_not_there_is_unknown() {
        answered("STOP", "?tenant=nobody").body("unknown", equalTo(1)).body("taken", equalTo(0));
        given().queryParam("channel", "sms")
                .queryParam("address", number)
                .get("/api/v1/suppressions")
                .then()
                .body("suppressions", empty());

        answered("STOP", "?tenant=default").body("unknown", equalTo(0)).body("taken", equalTo(1));
    }

    private void answered(String text) {
        answered(text, "");
    }

    private ValidatableResponse answered(String text, String query) {
        var fields = new TreeMap<>(
                Map.of("MessageSid", "SM" + System.nanoTime(), "From", number, "To", "+12125550100", "Body", text));
        var signed = new StringBuilder(URL + query);
        fields.forEach((name, value) -> signed.append(name).append(value));
        var body = fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return given().contentType("application/x-www-form-urlencoded")
                .header("X-Twilio-Signature", hmac(signed.toString()))
                .body(body)
                .post("/api/v1/callbacks/twilio" + query)
                .then()
                .statusCode(200);
    }

    private static String hmac(String text) {
        try {
            var mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec("token".getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
