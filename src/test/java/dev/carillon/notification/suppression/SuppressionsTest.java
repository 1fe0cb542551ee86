package dev.carillon.notification.suppression;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;

import dev.carillon.platform.id.Ids;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A suppression that protects nobody is refused. */
@QuarkusTest
class SuppressionsTest {

    @Inject
    Ids ids;

    @ParameterizedTest
    @ValueSource(strings = {"Email", "EMAIL", "fax", "e-mail", " email", "inbox", "statuswebhook"})
    void on_a_channel_without_addresses_nobody_would_be_protected(String channel) {
        suppress(channel, ids.next() + "@example.com")
                .statusCode(422)
                .body("errors.pointer", contains("/channel"))
                .body("errors[0].detail", matchesPattern(".* android, email, ios,.* sms, webhook"));
    }

    @Test
    void what_is_no_address_of_the_channel_is_refused() {
        suppress("webhook", "nope").statusCode(422).body("errors.pointer", contains("/address"));
        suppress("webhook", "ftp://example.com/").statusCode(422).body("errors.pointer", contains("/address"));
        suppress("ios", "two words").statusCode(422).body("errors.pointer", contains("/address"));
        suppress("android", "tökén").statusCode(422).body("errors.pointer", contains("/address"));
        suppress("sms", "call me").statusCode(422).body("errors.pointer", contains("/address"));
        suppress("email", "ada@example").statusCode(422).body("errors.pointer", contains("/address"));
    }

    @Test
    void of_every_channel_with_addresses_one_can_be_suppressed() {
        var one = ids.next();
        suppress("webhook", " https://example.com/" + one)
                .statusCode(201)
                .body("address", equalTo("https://example.com/" + one));
        suppress("ios", one).statusCode(201).body("address", equalTo(one));
        suppress("android", one + " ").statusCode(201).body("address", equalTo(one));
    }

    private static ValidatableResponse suppress(String channel, String address) {
        return given().contentType(ContentType.JSON)
                .body(Map.of("channel", channel, "address", address))
                .post("/api/v1/suppressions")
                .then();
    }
}
