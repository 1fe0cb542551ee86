package dev.carillon.comparison;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.carillon.delivery.DeliveryOutcome;
import dev.carillon.delivery.LeasedDelivery;
import dev.carillon.delivery.email.EmailScripts;
import dev.carillon.platform.id.Ids;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
    private static final String TAKEN = "taken";
    private static final String ABSENT = "absent";
    private static final String[] NOTHING = {"null", "\"\"", "\"  \"", "\"\\u00a0\"", "\"\\u200b\\t\""};

    @Inject
    ObjectMapper mapper;

    @Inject
    Ids ids;

    @Inject
    EmailScripts emails;

    /** A field of a customer, what is said of it, and what is kept: the same when left out, {@code null} for nothing, or {@code refused}. */
    static Stream<Arguments> contacts() {
        return Stream.of(
                row("email", "\"ada@example.com\""),
                row("email", "\" Ada@EXAMPLE.com\\u200b\"", "\"Ada@example.com\""),
                row("email", "\"ada@käse.example\"", "\"ada@xn--kse-qla.example\""),
                row("email", "\"\"", "null"),
                row("email", "\" \\u00a0\"", "null"),
                row("email", "null"),
                refused("email", "\"ada\""),
                refused("email", "\"ada@example\""),
                refused("email", "\"mailto:ada@example.com\""),
                refused("email", "\"<ada@example.com>\""),
                refused("email", "\"Ada <ada@example.com>\""),
                refused("email", "\"jörg@example.com\""),
                refused("email", "\"ada@example.com\\r\\nBcc: eve@example.com\""),
                refused("email", "\"ada\\u0000@example.com\""),
                refused("email", "5"),
                refused("email", "true"),
                refused("email", "[]"),
                refused("email", "{}"),
                refused("email", "[\"ada@example.com\"]"),
                row("phone", "\"+44 (0)20 7946 0958\"", "\"+442079460958\""),
                row("phone", "\"\\u202a+44\\u00a020\\u20117946\\u20110958\\u202c\"", "\"+442079460958\""),
                row("phone", "\"＋４４２０７９４６０９５８\"", "\"+442079460958\""),
                row("phone", "\"\"", "null"),
                row("phone", "null"),
                refused("phone", "\"020 7946 0958\""),
                refused("phone", "\"call me\""),
                refused("phone", "\"tel:+442079460958\""),
                refused("phone", "442079460958"),
                refused("phone", "4.4E11"),
                refused("phone", "\"+1-555-0101\""),
                refused("email", "\"a@xn--a.example\""),
                row("email", "\"a@xn--strae-oqa.example\""),
                refused("email", "\"a@xn--.example\""),
                row("name", "null"),
                row("segment", "null"),
                refused("segment", "\"\\u0000\""),
                row("name", "\"\\u3164\"", "null"),
                row("segment", "\"\\u00a0\"", "null"),
                row("name", "\" Zoë \"", "\"Zoë\""),
                row("name", "\"\"", "null"),
                row("name", "\"\\u200b\"", "null"),
                refused("name", "5"),
                refused("name", "\"a\\nb\""),
                refused("name", "\"" + "n".repeat(201) + "\""),
                row("segment", "\"gold\""),
                row("segment", "\"  \"", "null"),
                refused("segment", "false"),
                refused("segment", "\"a\\u0007b\""),
                refused("segment", "\"" + "s".repeat(51) + "\""),
                row("timeZone", "\"Europe/Berlin\""),
                row("timeZone", "\"europe/berlin\"", "\"Europe/Berlin\""),
                row("timeZone", "\"US/Pacific\""),
                row("timeZone", "\"Asia/Calcutta\""),
                row("timeZone", "\"\"", "null"),
                refused("timeZone", "\"Pacific Standard Time\""),
                refused("timeZone", "\"+02:00\""),
                refused("timeZone", "\"EST\""),
                refused("timeZone", "\"GMT+25\""),
                refused("timeZone", "2"),
                refused("time_zone", "\"Mars/Phobos\""),
                row("time_zone", "\"UTC\""),
                row("locale", "\"de-AT\""),
                refused("locale", "\"German, please\""),
                refused("locale", "1"),
                refused("language", "true"),
                row("age", "41"),
                row("vip", "true"),
                row("city", "\"\"", "null"),
                row("city", "null"),
                row("devices", "[\"a\", 1, false]"),
                refused("devices", "[[1]]"),
                refused("address", "{\"city\": \"Lima\"}"),
                refused("note", "\"" + "x".repeat(4_097) + "\""),
                refused("note", "\"a\\u0001b\""),
                refused("id", "\"me\""));
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
                assertThat(refused)
                        .as(said.name())
                        .hasSize(1)
                        .allSatisfy(pointer -> assertThat(pointer).contains("/" + field));
                given().get("/api/v1/customers/" + customer).then().statusCode(404);
            } else {
                assertThat(refused).as(said.name()).isEmpty();
                assertThat(known(customer, field)).as(said.name()).isEqualTo(mapper.readTree(kept));
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "030 1234567|country|DE|+49301234567",
                "079 123 45 67|locale|de-CH|+41791234567",
                "22 12 34 56|language|nb-NO|+4722123456"
            })
    void a_national_number_is_of_the_country_that_is_said_beside_it_at_both(
            String number, String where, String country, String kept) {
        var details = "\"name\": \"A\", \"segment\": \"gold\", \"phone\": \"" + number + "\"";
        var said = "\"" + where + "\": \"" + country + "\"";
        var ways = List.of(
                new Way(
                        "API",
                        customer -> put("customers", customer, "{" + details + ", \"attributes\": {" + said + "}}")),
                new Way("traits", customer -> event(customer, "seen", "{}", "{" + details + ", " + said + "}")),
                new Way(
                        "customer-updated",
                        customer -> event(
                                customer,
                                "customer.customer-updated",
                                "{\"customerId\": \"" + customer + "\", " + details + ", " + said + "}",
                                "{}")),
                new Way(
                        "customer-updated and traits",
                        customer -> event(
                                customer,
                                "customer.customer-updated",
                                "{\"customerId\": \"" + customer + "\", " + details + "}",
                                "{" + said + "}")));
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
                row("timeZone", "\"Europe/Berlin\""),
                row("timeZone", "\" europe/berlin\"", "\"Europe/Berlin\""),
                row("timeZone", "\"\"", "null"),
                row("timeZone", "\" \"", "null"),
                refused("timeZone", "\"Pacific Standard Time\""),
                refused("timeZone", "\"+02:00\""),
                refused("timeZone", "\"CST\""),
                refused("timeZone", "5"),
                row("locale", "\"de-AT\""),
                row("locale", "\"\"", "null"),
                refused("locale", "\"German please\""),
                refused("locale", "7"),
                row("timeZone", "\"\\u00a0\"", "null"),
                row("timeZone", "\"\\u00a0Europe/Berlin\"", "\"Europe/Berlin\""),
                refused("timeZone", text(70)),
                row("timeZone", "null"),
                row("locale", "\"\\u2003\"", "null"),
                row("locale", "\"" + " ".repeat(40) + "\"", "null"),
                row("locale", "null"),
                row("locale", "\" de\""),
                refused("locale", "\"\\u0000\""),
                refused("timeZone", "\"\\u0000\""),
                refused("locale", text(40)),
                row("preferences", "null", "{}"),
                row("channels", "null", "{}"),
                row("categories", "null", "{}"),
                row("quietHours", "null", "[]"),
                row("optedOut", "null", "false"),
                row("frequencyCap", "null"),
                refused("preferences", "\"\""),
                refused("channels", "\" \""),
                refused("optedOut", "\"\""),
                refused("quietHours", "\"\""),
                refused("frequencyCap", "\"\""),
                refused("preferences", "[]"),
                refused("quietHours", "{}"),
                refused("quietHours", "[{\"start\": null, \"end\": \"10:00\"}]"),
                refused("quietHours", "[{\"start\": \"\", \"end\": \"10:00\"}]"),
                refused("quietHours", "[{\"start\": \"22:00:00\", \"end\": \"10:00\"}]"),
                refused("quietHours", "[{\"start\": \" 22:00\", \"end\": \"10:00\"}]"),
                refused("quietHours", "[{\"start\": \"10pm\", \"end\": \"10:00\"}]"),
                refused("quietHours", "[{\"end\": \"10:00\"}]"),
                row("quietHours", "[]"),
                row(
                        "frequencyCap",
                        "{\"max\": 1.0, \"per\": \"P1D\", \"window\": \"fixed\"}",
                        "{\"max\": 1, \"per\": \"P1D\", \"window\": \"fixed\"}"),
                row(
                        "frequencyCap",
                        "{\"max\": 1, \"per\": \"p1d\"}",
                        "{\"max\": 1, \"per\": \"p1d\", \"window\": \"sliding\"}"),
                row(
                        "frequencyCap",
                        "{\"max\": 1, \"per\": \"calendar-day\", \"window\": null}",
                        "{\"max\": 1, \"per\": \"calendar-day\"}"),
                row(
                        "frequencyCap",
                        "{\"max\": 1, \"per\": \"calendar-day\", \"window\": \" \"}",
                        "{\"max\": 1, \"per\": \"calendar-day\"}"),
                row(
                        "frequencyCap",
                        "{\"max\": 1, \"per\": \"PT0.5S\"}",
                        "{\"max\": 1, \"per\": \"PT0.5S\", \"window\": \"sliding\"}"),
                refused("frequencyCap", "{\"max\": 1, \"per\": \"\"}"),
                refused("frequencyCap", "{\"max\": 1, \"per\": null}"),
                refused("frequencyCap", "{\"max\": null, \"per\": \"P1D\"}"),
                refused("frequencyCap", "{\"max\": 1, \"per\": \"P1D\", \"window\": \"tumbling\"}"),
                refused("frequencyCap", "{\"max\": 1, \"per\": \"P0D\"}"),
                refused("frequencyCap", "{\"max\": 1, \"per\": \"-P1D\"}"),
                refused("frequencyCap", "{\"max\": 1, \"per\": 86400}"),
                refused("frequencyCap", "{\"max\": 1001, \"per\": \"P1D\"}"),
                refused("frequencyCap", "{\"max\": 1e30, \"per\": \"P1D\"}"),
                refused("frequencyCap", "{\"max\": true, \"per\": \"P1D\"}"),
                row("optedOut", "true"),
                refused("optedOut", "\"true\""),
                refused("optedOut", "1"),
                refused("categories", "{\"no_such_category\": true}"),
                refused("channels", "{\"pigeon\": true}"),
                refused("channels", "{\"email\": \"yes\"}"),
                refused("channels", "{\"email\": 0}"),
                refused("channels", "{\"email\": null}"),
                refused("preferences", "{\"price_alerts\": {\"pigeon\": true}}"),
                refused("preferences", "{\"no_such_category\": {\"email\": true}}"),
                refused("preferences", "{\"price_alerts\": null}"),
                refused("preferences", "{\"price_alerts\": true}"),
                refused(
                        "quietHours",
                        "[{\"start\": \"00:00\", \"end\": \"12:00\"}, {\"start\": \"12:00\", \"end\": \"00:00\"}]"),
                refused("quietHours", "[{\"start\": \"9\", \"end\": \"10:00\"}]"),
                refused("quietHours", "[{\"start\": 9, \"end\": \"10:00\"}]"),
                refused("quietHours", "[null]"),
                refused("quietHours", "[{\"start\": \"24:00\", \"end\": \"10:00\"}]"),
                row("quietHours", "[{\"start\": \"22:00\", \"end\": \"07:00\"}]"),
                row("frequencyCap", "{\"max\": 3, \"per\": \"P1D\", \"window\": \"sliding\"}"),
                refused("frequencyCap", "{\"max\": 3, \"per\": \"calendar-day\", \"window\": \"fixed\"}"),
                refused("frequencyCap", "{\"max\": 0, \"per\": \"P1D\"}"),
                refused("frequencyCap", "{\"max\": \"3\", \"per\": \"P1D\"}"),
                refused("frequencyCap", "{\"max\": 3.5, \"per\": \"P1D\"}"),
                refused("frequencyCap", "{\"max\": 3, \"per\": \"P401D\"}"),
                refused("frequencyCap", "{\"max\": 3, \"per\": \"P1M\"}"),
                refused("frequencyCap", "{\"max\": 3}"));
    }

    @ParameterizedTest
    @MethodSource("preferences")
    void preferences_are_said_the_same_through_both(String field, String value, String kept) throws Exception {
        for (boolean event : new boolean[] {false, true}) {
            // Given
            var customer = "doors-" + ids.next();
            put("customers", customer, "{\"name\": \"Ada\"}");

            // When
            var refused = event
                    ? event(
                            customer,
                            "customer.preferences-changed",
                            "{\"customerId\": \"%s\", \"%s\": %s}".formatted(customer, field, value),
                            "{}")
                    : put("preferences", customer, "{\"%s\": %s}".formatted(field, value));

            // Then
            var door = event ? "event" : "API";
            if (kept.equals(REFUSED)) {
                assertThat(refused)
                        .as(door)
                        .isNotEmpty()
                        .allSatisfy(pointer -> assertThat(pointer).contains("/" + field));
            } else {
                assertThat(refused).as(door).isEmpty();
                assertThat(mapper.readTree(given().get("/api/v1/preferences/" + customer)
                                        .asByteArray())
                                .path(field))
                        .as(door)
                        .isEqualTo(mapper.readTree(kept));
            }
        }
    }

    /** What is told through both doors: the event's type and what it says, the notification's type and what it says, as they are without the row. */
    private enum Fact {
        SHIPPED("ordering.order-status-changed", "ORDER_SHIPPED", Map.of(), """
                {"customerId": "%1$s", "orderId": "ord-%1$s", "newStatus": "SHIPPED", "carrier": "UPS", "trackingNumber": "1Z9", "estimatedDeliveryDate": "2026-12-01"}"""),
        FAILED("billing.payment-failed", "PAYMENT_FAILED", Map.of(), """
                {"customerId": "%1$s", "paymentId": "pay-%1$s", "orderId": "ord-%1$s", "amount": 149.99, "currency": "USD", "failureReason": "CARD_EXPIRED", "attemptNumber": 1,
                 "retryUrl": "https://shop.example/pay"}"""),
        CHEAPER("pricing.price-changed", "PRICE_DROP_ALERT", Map.of(), """
                {"productId": "prod-%1$s", "productName": "Router", "oldPrice": 149.99, "newPrice": 119.99, "currency": "USD"}"""),
        ON_SALE("promotions.promotion-created", "WISHLIST_SALE", Map.of("name", "promotionName"), """
                {"promotionId": "promo-%1$s", "name": "Autumn sale", "productId": "prod-%1$s", "productName": "Router", "discountPercent": 20, "originalPrice": 149.99, "salePrice": 119.99,
                 "currency": "USD", "startsAt": "2026-11-01T00:00:00Z", "endsAt": "2026-11-08T00:00:00Z"}"""),
        SHORT_OF_MONEY("payment_failed", "INSUFFICIENT_FUNDS_EMAIL", Map.of("attempt_number", "attemptNumber"), """
                {"amount": 1425.00, "currency": "USD", "attempt_number": 1, "failure_reason": "INSUFFICIENT_FUNDS"}"""),
        LINKED("link_bank_success", "BANK_LINK_NUDGE_SMS", Map.of("bank_name", "bankName"), """
                {"bank_name": "Santander"}""");

        private final String event;
        private final String type;
        private final Map<String, String> variables;
        private final String said;

        Fact(String event, String type, Map<String, String> variables, String said) {
            this.event = event;
            this.type = type;
            this.variables = variables;
            this.said = said;
        }

        private String variable(String field) {
            return variables.getOrDefault(field, field);
        }
    }

    /** A field, whether what is said of it is taken, refused, or says nothing (then only a field that must be there is missed), and what is said of it. */
    static Stream<Arguments> facts() {
        var texts = List.of(
                fact(Fact.SHIPPED, "carrier"),
                fact(Fact.SHIPPED, "trackingNumber"),
                fact(Fact.FAILED, "failureReason"),
                fact(Fact.FAILED, "retryUrl"),
                fact(Fact.CHEAPER, "productName"),
                fact(Fact.ON_SALE, "name"),
                fact(Fact.ON_SALE, "productName"),
                fact(Fact.LINKED, "bank_name"));
        var ids = List.of(fact(Fact.SHIPPED, "orderId"), fact(Fact.FAILED, "orderId"));
        var days = List.of(fact(Fact.SHIPPED, "estimatedDeliveryDate"), fact(Fact.ON_SALE, "endsAt"));
        var amounts = List.of(
                fact(Fact.FAILED, "amount"),
                fact(Fact.CHEAPER, "oldPrice"),
                fact(Fact.CHEAPER, "newPrice"),
                fact(Fact.ON_SALE, "salePrice"),
                fact(Fact.ON_SALE, "originalPrice"),
                fact(Fact.SHORT_OF_MONEY, "amount"));
        var currencies = List.of(
                fact(Fact.FAILED, "currency"),
                fact(Fact.CHEAPER, "currency"),
                fact(Fact.ON_SALE, "currency"),
                fact(Fact.SHORT_OF_MONEY, "currency"));
        var counts = List.of(fact(Fact.FAILED, "attemptNumber"), fact(Fact.SHORT_OF_MONEY, "attempt_number"));
        var percents = List.of(fact(Fact.ON_SALE, "discountPercent"));
        return Stream.of(
                        each(texts, TAKEN, "\"UPS\"", "\" UPS\\u00a0\"", "\"a\\nb\"", text(4_096)),
                        each(texts, ABSENT, NOTHING),
                        each(texts, REFUSED, "7", "1.5", "true", "[]", "[\"UPS\"]", "{}", text(5_000)),
                        each(ids, TAKEN, "\"ord-1\"", "\" ord-1 \"", text(200)),
                        each(ids, ABSENT, NOTHING),
                        each(
                                ids,
                                REFUSED,
                                "5",
                                "false",
                                "[\"ord-1\"]",
                                "\"a\\u0000b\"",
                                "\"\\u0000\"",
                                text(201),
                                text(300)),
                        each(
                                days,
                                TAKEN,
                                "\"2026-12-01\"",
                                "\" 2026-07-01 \"",
                                "\"2026-07-01T10:00Z\"",
                                "\"2026-12-01T03:59:59Z\"",
                                "\"2026-12-01T03:59:59.5+02:00\"",
                                "\"2026-12-01t03:59:59z\"",
                                "\"0001-01-01\""),
                        each(days, ABSENT, NOTHING),
                        each(
                                days,
                                REFUSED,
                                "\"soon\"",
                                "\"2026-13-01\"",
                                "\"2026-02-29\"",
                                "\"0000-01-01\"",
                                "\"0000-01-01T00:00:00Z\"",
                                "\"+10000-01-01\"",
                                "\"2026-07-01T10:00:00\"",
                                "\"2026-07-01 10:00Z\"",
                                "\"2026-7-1\"",
                                "20261201",
                                "true",
                                "{}"),
                        each(amounts, TAKEN, "0", "119.99", "12.345678901234567890", "1e3", "999999999999999999"),
                        each(amounts, ABSENT, NOTHING),
                        each(
                                amounts,
                                REFUSED,
                                "-1",
                                "-0.01",
                                "1e18",
                                "1e300",
                                "1e-50",
                                "\"119.99\"",
                                "true",
                                "[119.99]"),
                        each(currencies, TAKEN, "\"EUR\"", "\"eur\"", "\" EUR\"", "\"XXX\""),
                        each(currencies, ABSENT, NOTHING),
                        each(currencies, REFUSED, "\"EU\"", "\"€\"", "\"EURO\"", "\"E R\"", "978", "true"),
                        each(counts, TAKEN, "0", "1.0", "3", "2147483647"),
                        each(counts, ABSENT, NOTHING),
                        each(counts, REFUSED, "-1", "1.5", "2147483648", "1e30", "\"1\"", "true", "{}"),
                        each(percents, TAKEN, "0", "20", "12.5", "100", "25.0"),
                        each(percents, ABSENT, NOTHING),
                        each(percents, REFUSED, "-1", "100.5", "\"20\"", "\"20 %\"", "true"),
                        each(List.of(fact(Fact.SHIPPED, "gift")), TAKEN, "true", "{\"n\": [1]}", "null"))
                .flatMap(rows -> rows);
    }

    @ParameterizedTest
    @MethodSource("facts")
    void a_fact_is_told_the_same_through_both(Fact fact, String field, String verdict, List<String> values)
            throws IOException {
        // When
        var events = new ArrayList<String>();
        for (var value : values) {
            var customer = ids.next();
            events.add(event(customer, fact.event, said(fact, field, value, customer, false)));
        }
        var rejected = mapper.readTree(json().body(utf8("[" + String.join(",", events) + "]"))
                        .post("/api/v1/events")
                        .then()
                        .statusCode(202)
                        .extract()
                        .asByteArray())
                .path("rejected");

        // Then
        for (int index = 0; index < values.size(); index++) {
            var event = rejectedAt(rejected, index);
            var api = submitted(fact, "cust-001", said(fact, field, values.get(index), ids.next(), true));
            var missing = verdict.equals(ABSENT);
            assertThat(event)
                    .as("event: " + values.get(index))
                    .isSubsetOf("/properties/" + field)
                    .hasSizeBetween(verdict.equals(REFUSED) ? 1 : 0, verdict.equals(REFUSED) || missing ? 1 : 0);
            assertThat(api)
                    .as("API: " + values.get(index))
                    .isSubsetOf("/context/" + fact.variable(field))
                    .hasSizeBetween(verdict.equals(REFUSED) ? 1 : 0, verdict.equals(REFUSED) || missing ? 1 : 0);
        }
    }

    private static List<String> rejectedAt(JsonNode rejected, int index) {
        return StreamSupport.stream(rejected.spliterator(), false)
                .filter(one -> one.path("index").asInt() == index)
                .flatMap(one -> StreamSupport.stream(one.at("/problem/errors").spliterator(), false))
                .map(error -> error.path("pointer").asText())
                .toList();
    }

    /** Those whose events name the one customer who is told, and what is taken of them. */
    static Stream<Arguments> read() {
        return facts().map(Arguments::get)
                .filter(row -> Set.of(Fact.SHIPPED, Fact.FAILED).contains(row[0]) && !row[2].equals(REFUSED))
                .flatMap(row -> ((List<?>) row[3])
                        .stream()
                                .filter(value -> value.toString().length() < 100)
                                .map(value -> Arguments.of(row[0], row[1], value)));
    }

    @ParameterizedTest
    @MethodSource("read")
    void what_is_taken_reads_the_same_through_both(Fact fact, String field, String value) throws IOException {
        // Given
        var customer = "doors-" + ids.next();
        var address = customer + "@example.com";
        emails.play(address, delivery -> Uni.createFrom().item(new DeliveryOutcome.Sent("taken")));
        put("customers", customer, "{\"name\": \"Ada\", \"email\": \"" + address + "\"}");

        // When
        var event = pointers(json().body(utf8(event(customer, fact.event, said(fact, field, value, customer, false))))
                .post("/api/v1/events"));
        var api = submitted(fact, customer, said(fact, field, value, customer, true));

        // Then
        if (event.isEmpty() && api.isEmpty()) {
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(emails.received(address)).hasSize(2));
            var received = emails.received(address);
            assertThat(words(received.get(0))).isEqualTo(words(received.get(1)));
        }
    }

    private static String event(String customer, String type, String data) {
        return "{\"user_id\": \"%s\", \"event_type\": \"%s\", \"event_timestamp\": \"2025-10-31T19:00:00Z\", \"properties\": %s}"
                .formatted(customer, type, data);
    }

    private static List<String> words(LeasedDelivery leased) {
        return List.of(
                String.valueOf(leased.delivery().subject()), leased.delivery().text());
    }

    private List<String> submitted(Fact fact, String customer, String context) {
        return pointers(json().body(utf8("{\"type\": \"%s\", \"customerId\": \"%s\", \"context\": %s}"
                        .formatted(fact.type, customer, context)))
                .post("/api/v1/notifications"));
    }

    private String said(Fact fact, String field, String value, String unique, boolean toApi) throws IOException {
        var said = (ObjectNode) mapper.readTree(fact.said.formatted(unique));
        said.set(field, mapper.readTree(value));
        if (toApi) {
            fact.variables.forEach((name, variable) -> said.set(variable, said.remove(name)));
        }
        return mapper.writeValueAsString(said);
    }

    /** A field of a fact. */
    private record Field(Fact fact, String name) {}

    private static Field fact(Fact fact, String field) {
        return new Field(fact, field);
    }

    private static Stream<Arguments> each(List<Field> fields, String verdict, String... values) {
        return fields.stream().map(field -> Arguments.of(field.fact(), field.name(), verdict, List.of(values)));
    }

    private static String text(int length) {
        return "\"" + "x".repeat(length) + "\"";
    }

    static Stream<Arguments> envelopes() {
        return Stream.of(
                Arguments.of("user_trait", "{\"vip\": true}"), Arguments.of("User_id", "\"x\""), Arguments.of("", "1"));
    }

    @ParameterizedTest
    @MethodSource("envelopes")
    void a_member_nobody_knows_is_refused_by_both(String name, String value) {
        // When
        var event = pointers(json().body(
                        "{\"user_id\": \"u\", \"event_type\": \"seen\", \"event_timestamp\": \"2025-10-31T19:00:00Z\", \"%s\": %s}"
                                .formatted(name, value))
                .post("/api/v1/events"));
        var api = pointers(json().body(
                        "{\"type\": \"ORDER_SHIPPED\", \"customerId\": \"cust-001\", \"context\": {\"orderId\": \"o\"}, \"%s\": %s}"
                                .formatted(name, value))
                .post("/api/v1/notifications"));

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
        ways.add(new Way(
                "API",
                customer ->
                        put("customers", customer, DETAILS.contains(field) ? said : "{\"attributes\": " + said + "}")));
        ways.add(new Way("traits", customer -> event(customer, "seen", "{}", said)));
        if (DETAILS.contains(field)) {
            var data = "\"customerId\": \"%s\", \"" + field + "\": " + value;
            ways.add(new Way(
                    "customer-updated",
                    customer ->
                            event(customer, "customer.customer-updated", "{" + data.formatted(customer) + "}", "{}")));
            ways.add(new Way(
                    "CloudEvent",
                    customer -> pointers(given().contentType("application/cloudevents+json; charset=utf-8")
                            .body(utf8("{\"specversion\": \"1.0\", \"id\": \"%s\", \"source\": \"/test\","
                                            .formatted(ids.next())
                                    + "\"type\": \"customer.customer-updated\", \"data\": {" + data.formatted(customer)
                                    + "}}"))
                            .post("/api/v1/events"))));
        }
        return ways;
    }

    private JsonNode known(String customer, String field) {
        try {
            var known =
                    mapper.readTree(given().get("/api/v1/customers/" + customer).asByteArray());
            var value = DETAILS.contains(field)
                    ? known.path(field)
                    : known.path("attributes").path(field);
            return value.isMissingNode() ? mapper.nullNode() : value;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> put(String what, String customer, String body) {
        return pointers(json().body(utf8(body)).put("/api/v1/" + what + "/" + customer));
    }

    private List<String> event(String customer, String type, String data, String traits) {
        return pointers(json().body(utf8(
                        "{\"user_id\": \"%s\", \"event_type\": \"%s\", \"event_timestamp\": \"2025-10-31T19:00:00Z\", \"properties\": %s, \"user_traits\": %s}"
                                .formatted(customer, type, data, traits)))
                .post("/api/v1/events"));
    }

    /** Of what was refused, whichever way it is said; nothing for what was taken. */
    private List<String> pointers(Response answer) {
        try {
            var body = mapper.readTree(answer.asByteArray());
            @Nullable
            JsonNode problem =
                    answer.statusCode() < 300 ? body.path("rejected").path(0).path("problem") : body;
            assertThat(answer.statusCode()).as(answer.asString()).isIn(200, 201, 202, 400, 422);
            return StreamSupport.stream(problem.path("errors").spliterator(), false)
                    .map(error -> error.path("pointer").asText())
                    .toList();
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
