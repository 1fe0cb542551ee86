package dev.carillon.comparison;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.carillon.platform.id.Ids;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What one door takes the other takes, and keeps in the same form; what one refuses the other does, too, by the name of the field. */
@QuarkusTest
class BothDoorsTest {

    private static final Set<String> DETAILS = Set.of("name", "email", "phone", "segment");
    private static final String REFUSED = "refused";

    @Inject
    ObjectMapper mapper;
    @Inject
    Ids ids;

    /** A field of a customer, what is said of it, and what is kept: the same when left out, {@code null} for nothing, or {@code refused}. */
    static Stream<Arguments> contacts() {
        return Stream.of(
                row("email", "\"ada@example.com\""), row("email", "\" Ada@EXAMPLE.com\\u200b\"", "\"Ada@example.com\""), row("email", "\"ada@käse.example\"", "\"ada@xn--kse-qla.example\""),
                row("email", "\"\"", "null"), row("email", "\" \\u00a0\"", "null"), row("email", "null"), refused("email", "\"ada\""), refused("email", "\"ada@example\""),
                refused("email", "\"mailto:ada@example.com\""), refused("email", "\"<ada@example.com>\""), refused("email", "\"Ada <ada@example.com>\""),
                refused("email", "\"jörg@example.com\""), refused("email", "\"ada@example.com\\r\\nBcc: eve@example.com\""), refused("email", "\"ada\\u0000@example.com\""),
                refused("email", "5"), refused("email", "true"), refused("email", "[]"), refused("email", "{}"), refused("email", "[\"ada@example.com\"]"),
                row("phone", "\"+44 (0)20 7946 0958\"", "\"+442079460958\""), row("phone", "\"\\u202a+44\\u00a020\\u20117946\\u20110958\\u202c\"", "\"+442079460958\""),
                row("phone", "\"＋４４２０７９４６０９５８\"", "\"+442079460958\""), row("phone", "\"\"", "null"), row("phone", "null"), refused("phone", "\"020 7946 0958\""),
                refused("phone", "\"call me\""), refused("phone", "\"tel:+442079460958\""), refused("phone", "442079460958"), refused("phone", "4.4E11"), refused("phone", "\"+1-555-0101\""),
                row("name", "\" Zoë \"", "\"Zoë\""), row("name", "\"\"", "null"), row("name", "\"\\u200b\"", "null"), refused("name", "5"), refused("name", "\"a\\nb\""),
                refused("name", "\"" + "n".repeat(201) + "\""), row("segment", "\"gold\""), row("segment", "\"  \"", "null"), refused("segment", "false"), refused("segment", "\"a\\u0007b\""),
                refused("segment", "\"" + "s".repeat(51) + "\""),
                row("timeZone", "\"Europe/Berlin\""), row("timeZone", "\"europe/berlin\"", "\"Europe/Berlin\""), row("timeZone", "\"US/Pacific\""), row("timeZone", "\"Asia/Calcutta\""),
                row("timeZone", "\"\"", "null"), refused("timeZone", "\"Pacific Standard Time\""), refused("timeZone", "\"+02:00\""), refused("timeZone", "\"EST\""),
                refused("timeZone", "\"GMT+25\""), refused("timeZone", "2"), refused("time_zone", "\"Mars/Phobos\""), row("time_zone", "\"UTC\""),
                row("locale", "\"de-AT\""), refused("locale", "\"German, please\""), refused("locale", "1"), refused("language", "true"),
                row("age", "41"), row("vip", "true"), row("city", "\"\"", "null"), row("city", "null"), row("devices", "[\"a\", 1, false]"), refused("devices", "[[1]]"),
                refused("address", "{\"city\": \"Lima\"}"), refused("note", "\"" + "x".repeat(4_097) + "\""), refused("note", "\"a\\u0001b\""), refused("id", "\"me\""));
    }

    @ParameterizedTest
    @MethodSource("contacts")
    void a_customer_is_said_the_same_through_both(String field, String value, String kept) throws Exception {
        for (var said : ways(field, value)) {
            // When
            var customer = "doors-" + ids.next();
            var refused = said.by(customer);

            // Then
            if (kept.equals(REFUSED)) {
                assertThat(refused).as(said.name()).hasSize(1).allSatisfy(pointer -> assertThat(pointer).contains("/" + field));
                given().get("/api/v1/customers/" + customer).then().statusCode(404);
            } else {
                assertThat(refused).as(said.name()).isEmpty();
                assertThat(known(customer, field)).as(said.name()).isEqualTo(mapper.readTree(kept));
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"030 1234567|country|DE|+49301234567", "079 123 45 67|locale|de-CH|+41791234567", "22 12 34 56|language|nb-NO|+4722123456"})
    void a_national_number_is_of_the_country_that_is_said_beside_it_at_both(String number, String where, String country, String kept) {
        var details = "\"name\": \"A\", \"segment\": \"gold\", \"phone\": \"" + number + "\"";
        var said = "\"" + where + "\": \"" + country + "\"";
        var ways = List.of(
                new Way("API", customer -> put("customers", customer, "{" + details + ", \"attributes\": {" + said + "}}")),
                new Way("traits", customer -> event(customer, "seen", "{}", "{" + details + ", " + said + "}")),
                new Way("customer-updated", customer -> event(customer, "customer.customer-updated", "{\"customerId\": \"" + customer + "\", " + details + ", " + said + "}", "{}")),
                new Way("customer-updated and traits", customer -> event(customer, "customer.customer-updated", "{\"customerId\": \"" + customer + "\", " + details + "}", "{" + said + "}")));
        for (var way : ways) {
            // When
            var customer = "doors-" + ids.next();
            var refused = way.by(customer);

            // Then
            assertThat(refused).as(way.name()).isEmpty();
            assertThat(known(customer, "phone").asText()).as(way.name()).isEqualTo(kept);
        }
    }

    /** Members of preferences, and whether they are refused and where. */
    static Stream<Arguments> preferences() {
        return Stream.of(
                row("timeZone", "\"Europe/Berlin\""), row("timeZone", "\" europe/berlin\"", "\"Europe/Berlin\""), row("timeZone", "\"\"", "null"), row("timeZone", "\" \"", "null"),
                refused("timeZone", "\"Pacific Standard Time\""), refused("timeZone", "\"+02:00\""), refused("timeZone", "\"CST\""), refused("timeZone", "5"),
                row("locale", "\"de-AT\""), row("locale", "\"\"", "null"), refused("locale", "\"German please\""), refused("locale", "7"),
                row("optedOut", "true"), refused("optedOut", "\"true\""), refused("optedOut", "1"),
                refused("categories", "{\"no_such_category\": true}"), refused("channels", "{\"pigeon\": true}"), refused("channels", "{\"email\": \"yes\"}"), refused("channels", "{\"email\": 0}"),
                refused("channels", "{\"email\": null}"), refused("preferences", "{\"price_alerts\": {\"pigeon\": true}}"), refused("preferences", "{\"no_such_category\": {\"email\": true}}"),
                refused("preferences", "{\"price_alerts\": null}"), refused("preferences", "{\"price_alerts\": true}"),
                refused("quietHours", "[{\"start\": \"00:00\", \"end\": \"12:00\"}, {\"start\": \"12:00\", \"end\": \"00:00\"}]"), refused("quietHours", "[{\"start\": \"9\", \"end\": \"10:00\"}]"),
                refused("quietHours", "[{\"start\": 9, \"end\": \"10:00\"}]"), refused("quietHours", "[null]"), refused("quietHours", "[{\"start\": \"24:00\", \"end\": \"10:00\"}]"),
                row("quietHours", "[{\"start\": \"22:00\", \"end\": \"07:00\"}]"),
                row("frequencyCap", "{\"max\": 3, \"per\": \"P1D\", \"window\": \"sliding\"}"), refused("frequencyCap", "{\"max\": 3, \"per\": \"calendar-day\", \"window\": \"fixed\"}"),
                refused("frequencyCap", "{\"max\": 0, \"per\": \"P1D\"}"), refused("frequencyCap", "{\"max\": \"3\", \"per\": \"P1D\"}"), refused("frequencyCap", "{\"max\": 3.5, \"per\": \"P1D\"}"),
                refused("frequencyCap", "{\"max\": 3, \"per\": \"P401D\"}"), refused("frequencyCap", "{\"max\": 3, \"per\": \"P1M\"}"), refused("frequencyCap", "{\"max\": 3}"));
    }

    @ParameterizedTest
    @MethodSource("preferences")
    void preferences_are_said_the_same_through_both(String field, String value, String kept) throws Exception {
        for (boolean event : new boolean[] {false, true}) {
            // Given
            var customer = "doors-" + ids.next();
            put("customers", customer, "{\"name\": \"Ada\"}");

            // When
            var more = field.equals("preferences") ? "" : ", \"preferences\": {}";
            var refused = event ? event(customer, "customer.preferences-changed", "{\"customerId\": \"%s\"%s, \"%s\": %s}".formatted(customer, more, field, value), "{}")
                    : put("preferences", customer, "{\"%s\": %s}".formatted(field, value));

            // Then
            var door = event ? "event" : "API";
            if (kept.equals(REFUSED)) {
                assertThat(refused).as(door).isNotEmpty().allSatisfy(pointer -> assertThat(pointer).contains("/" + field));
            } else {
                assertThat(refused).as(door).isEmpty();
                assertThat(mapper.readTree(given().get("/api/v1/preferences/" + customer).asByteArray()).path(field)).as(door).isEqualTo(mapper.readTree(kept));
            }
        }
    }

    /** A field of what is told, and what is said of it; {@code taken} or {@code refused}. */
    static Stream<Arguments> facts() {
        return Stream.of(
                row("orderId", "\"ord-1\""), refused("orderId", "5"), refused("orderId", "true"), refused("orderId", "null"), refused("orderId", "\"\""), refused("orderId", "[\"ord-1\"]"),
                row("carrier", "\"UPS\""), row("carrier", "\"\""), row("carrier", "\"  \""), row("carrier", "null"), refused("carrier", "7"), refused("carrier", "false"), refused("carrier", "{}"),
                row("trackingNumber", "\"1Z9\""), refused("trackingNumber", "123456789"), refused("trackingNumber", "1.5"),
                row("estimatedDeliveryDate", "\"2026-12-01\""), row("estimatedDeliveryDate", "\"2026-12-01T03:59:59Z\""), row("estimatedDeliveryDate", "\"2026-12-01T03:59:59+02:00\""),
                row("estimatedDeliveryDate", "\"\""), row("estimatedDeliveryDate", "\" \""), row("estimatedDeliveryDate", "null"), refused("estimatedDeliveryDate", "\"soon\""),
                refused("estimatedDeliveryDate", "\"2026-13-01\""), refused("estimatedDeliveryDate", "20261201"), refused("estimatedDeliveryDate", "true"), row("gift", "true"), row("gift", "{\"n\": [1]}"));
    }

    @ParameterizedTest
    @MethodSource("facts")
    void a_fact_is_told_the_same_through_both(String field, String value, String taken) {
        // Given
        var order = field.equals("orderId") ? "" : "\"orderId\": \"ord-" + ids.next() + "\", ";
        var said = order + "\"" + field + "\": " + value;

        // When
        var event = event("cust-001", "ordering.order-status-changed", "{\"customerId\": \"cust-001\", \"newStatus\": \"SHIPPED\", " + said + "}", "{}");
        var api = pointers(json().body("{\"type\": \"ORDER_SHIPPED\", \"customerId\": \"cust-001\", \"context\": {" + said + "}}").post("/api/v1/notifications"));

        // Then
        if (taken.equals(REFUSED)) {
            assertThat(event).isNotEmpty().allSatisfy(pointer -> assertThat(pointer).endsWith("/" + field));
            assertThat(api).isNotEmpty().allSatisfy(pointer -> assertThat(pointer).endsWith("/" + field));
        } else {
            assertThat(event).isEmpty();
            assertThat(api).isEmpty();
        }
    }

    static Stream<Arguments> envelopes() {
        return Stream.of(Arguments.of("user_trait", "{\"vip\": true}"), Arguments.of("User_id", "\"x\""), Arguments.of("", "1"));
    }

    @ParameterizedTest
    @MethodSource("envelopes")
    void a_member_nobody_knows_is_refused_by_both(String name, String value) {
        // When
        var event = pointers(json().body("{\"user_id\": \"u\", \"event_type\": \"seen\", \"event_timestamp\": \"2025-10-31T19:00:00Z\", \"%s\": %s}".formatted(name, value)).post("/api/v1/events"));
        var api = pointers(json().body("{\"type\": \"ORDER_SHIPPED\", \"customerId\": \"cust-001\", \"context\": {\"orderId\": \"o\"}, \"%s\": %s}".formatted(name, value)).post("/api/v1/notifications"));

        // Then
        assertThat(event).containsExactly("/" + name);
        assertThat(api).containsExactly("/" + name);
    }

    private static Arguments row(String field, String value) {
        return Arguments.of(field, value, value);
    }

    private static Arguments row(String field, String value, String kept) {
        return Arguments.of(field, value, kept);
    }

    private static Arguments refused(String field, String value) {
        return Arguments.of(field, value, REFUSED);
    }

    /** A way to say it, which answers with the pointers of what was refused. */
    private record Way(String name, Function<String, List<String>> say) {

        List<String> by(String customer) {
            return say.apply(customer);
        }
    }

    private List<Way> ways(String field, String value) {
        var said = "{\"%s\": %s}".formatted(field, value);
        var ways = new ArrayList<Way>();
        ways.add(new Way("API", customer -> put("customers", customer, DETAILS.contains(field) ? said : "{\"attributes\": " + said + "}")));
        ways.add(new Way("traits", customer -> event(customer, "seen", "{}", said)));
        if (DETAILS.contains(field) && !(value.equals("null") && Set.of("name", "segment").contains(field))) {
            var others = Stream.of("name", "segment").filter(other -> !other.equals(field)).map(other -> ", \"" + other + "\": \"x\"").reduce("", String::concat);
            var data = "\"customerId\": \"%s\"" + others + ", \"" + field + "\": " + value;
            ways.add(new Way("customer-updated", customer -> event(customer, "customer.customer-updated", "{" + data.formatted(customer) + "}", "{}")));
            ways.add(new Way("CloudEvent", customer -> pointers(given().contentType("application/cloudevents+json").body(utf8("{\"specversion\": \"1.0\", \"id\": \"%s\", \"source\": \"/test\","
                    .formatted(ids.next()) + "\"type\": \"customer.customer-updated\", \"data\": {" + data.formatted(customer) + "}}")).post("/api/v1/events"))));
        }
        return ways;
    }

    private JsonNode known(String customer, String field) {
        try {
            var known = mapper.readTree(given().get("/api/v1/customers/" + customer).asByteArray());
            var value = DETAILS.contains(field) ? known.path(field) : known.path("attributes").path(field);
            return value.isMissingNode() ? mapper.nullNode() : value;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> put(String what, String customer, String body) {
        return pointers(json().body(utf8(body)).put("/api/v1/" + what + "/" + customer));
    }

    private List<String> event(String customer, String type, String data, String traits) {
        return pointers(json().body(utf8("{\"user_id\": \"%s\", \"event_type\": \"%s\", \"event_timestamp\": \"2025-10-31T19:00:00Z\", \"properties\": %s, \"user_traits\": %s}"
                .formatted(customer, type, data, traits))).post("/api/v1/events"));
    }

    /** Of what was refused, whichever way it is said; nothing for what was taken. */
    private List<String> pointers(Response answer) {
        try {
            var body = mapper.readTree(answer.asByteArray());
            @Nullable JsonNode problem = answer.statusCode() < 300 ? body.path("rejected").path(0).path("problem") : body;
            assertThat(answer.statusCode()).as(answer.asString()).isIn(200, 201, 202, 400, 422);
            return StreamSupport.stream(problem.path("errors").spliterator(), false).map(error -> error.path("pointer").asText()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static RequestSpecification json() {
        return given().contentType("application/json");
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
