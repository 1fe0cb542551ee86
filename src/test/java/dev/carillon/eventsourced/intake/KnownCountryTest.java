package dev.carillon.eventsourced.intake;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;

import dev.carillon.platform.id.Ids;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A number without its country is of the country that its customer is known to be in, whichever door it comes by. */
@QuarkusTest
class KnownCountryTest {

    private static final String BRITISH = "+442079460958";

    @Inject
    Ids ids;

    private String customer;

    @BeforeEach
    void someone() {
        customer = ids.next();
    }

    @Test
    void the_known_country_counts_for_an_update_of_the_customer() {
        put("{'name': 'K', 'phone': '+442079460958', 'attributes': {'country': 'GB'}}")
                .statusCode(201);

        send(updated("020 7946 0999")).body("rejected", empty());

        phone("+442079460999");
        send(updated("not a number")).body("rejected.problem.errors[0].pointer", contains("/properties/phone"));
    }

    @Test
    void the_known_country_counts_for_traits_of_any_event() {
        put("{'name': 'K', 'attributes': {'country': 'gb'}}").statusCode(201);

        send(traits("{'phone': '020 7946 0958'}")).body("rejected", empty());

        phone(BRITISH);
    }

    @Test
    void a_cloud_event_is_read_alike() {
        put("{'name': 'K', 'attributes': {'locale': 'en-GB'}}").statusCode(201);

        given().contentType("application/cloudevents+json; charset=UTF-8")
                .body(("{'specversion': '1.0', 'id': '" + ids.next()
                                + "', 'source': '/crm', 'type': 'customer.customer-updated', 'data': {'customerId': '"
                                + customer + "', 'phone': '020 7946 0958'}}")
                        .replace('\'', '"'))
                .post("/api/v1/events")
                .then()
                .statusCode(202)
                .body("rejected", empty());

        phone(BRITISH);
    }

    @Test
    void what_is_said_now_comes_before_what_is_known() {
        put("{'name': 'K', 'attributes': {'country': 'GB'}}").statusCode(201);

        send(traits("{'phone': '(202) 555-0101', 'country': 'US'}")).body("rejected", empty());
        phone("+12025550101");
        send(traits("{'phone': '(202) 555-0102'}")).body("rejected", empty());

        phone("+12025550102");
    }

    @Test
    void what_the_same_request_said_before_is_known() {
        send("[" + traits("{'country': 'GB'}") + "," + updated("020 7946 0958") + "]")
                .body("rejected", empty());

        phone(BRITISH);
    }

    @Test
    void the_language_of_preferences_counts_at_both_doors() {
        put("{'name': 'K'}").statusCode(201);
        put("{'name': 'K', 'phone': '020 7946 0958'}").statusCode(422).body("errors.pointer", contains("/phone"));
        given().contentType(ContentType.JSON)
                .body("{\"locale\": \"en-GB\"}")
                .put("/api/v1/preferences/" + customer)
                .then()
                .statusCode(201);

        put("{'name': 'K', 'phone': '020 7946 0958'}").statusCode(200).body("phone", equalTo(BRITISH));
        send(updated("020 7946 0999")).body("rejected", empty());

        phone("+442079460999");
    }

    @Test
    void preferences_of_the_same_request_count() {
        put("{'name': 'K'}").statusCode(201);

        send("[" + event("customer.preferences-changed", "{'customerId': '" + customer + "', 'locale': 'en-GB'}", "{}")
                        + "," + updated("020 7946 0958") + "]")
                .body("rejected", empty());

        phone(BRITISH);
    }

    @Test
    void the_country_that_goes_with_a_put_still_counts_for_it() {
        put("{'name': 'K', 'attributes': {'country': 'GB'}}").statusCode(201);

        put("{'name': 'K', 'phone': '020 7946 0958'}").statusCode(200).body("phone", equalTo(BRITISH));
        put("{'name': 'K', 'phone': '020 7946 0958'}").statusCode(422);
    }

    @Test
    void of_whom_no_country_is_known_a_number_is_refused() {
        send(updated("020 7946 0958")).body("rejected.problem.errors[0].pointer", contains("/properties/phone"));
        send(traits("{'phone': '020 7946 0958'}"))
                .body("rejected.problem.errors[0].pointer", contains("/user_traits/phone"));
    }

    @Test
    void a_misspelt_opt_out_lifts_none() {
        put("{'name': 'K'}").statusCode(201);
        given().contentType(ContentType.JSON)
                .body("{\"optedOut\": true}")
                .put("/api/v1/preferences/" + customer)
                .then()
                .statusCode(201);

        send(event("customer.preferences-changed", "{'customerId': '" + customer + "', 'opted_out': true}", "{}"))
                .body("rejected.problem.errors[0].pointer", contains("/properties/opted_out"));

        given().get("/api/v1/preferences/" + customer).then().body("optedOut", equalTo(true));
    }

    @Test
    void addresses_of_channels_are_checked_at_both_doors() {
        put("{'name': 'K', 'attributes': {'ios': 5, 'webhook': 'not a url', 'android': 'two words'}}")
                .statusCode(422)
                .body(
                        "errors.pointer",
                        containsInAnyOrder("/attributes/android", "/attributes/ios", "/attributes/webhook"));
        send(traits("{'ios': 5}")).body("rejected.problem.errors[0].pointer", contains("/user_traits/ios"));
        send(traits("{'webhook': 'not a url'}"))
                .body("rejected.problem.errors[0].pointer", contains("/user_traits/webhook"));
    }

    private void phone(String number) {
        given().get("/api/v1/customers/" + customer).then().statusCode(200).body("phone", equalTo(number));
    }

    private ValidatableResponse put(String body) {
        return given().contentType(ContentType.JSON)
                .body(body.replace('\'', '"'))
                .put("/api/v1/customers/" + customer)
                .then();
    }

    private String updated(String phone) {
        return event(
                "customer.customer-updated",
                "{'customerId': '" + customer + "', 'name': 'K', 'phone': '" + phone + "'}",
                "{}");
    }

    private String traits(String traits) {
        return event("signup_completed", "{}", traits);
    }

    private String event(String type, String properties, String traits) {
        return ("{'event_id': '" + ids.next() + "', 'user_id': '" + customer + "', 'event_type': '" + type
                        + "', 'event_timestamp': '" + Instant.now() + "', 'properties': " + properties
                        + ", 'user_traits': " + traits + "}")
                .replace('\'', '"');
    }

    private static ValidatableResponse send(String events) {
        return given().contentType(ContentType.JSON)
                .body(events)
                .post("/api/v1/events")
                .then()
                .statusCode(202);
    }
}
