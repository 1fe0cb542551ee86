package dev.carillon.eventsourced.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.carillon.delivery.Channels;
import dev.carillon.eventsourced.event.EventEnvelope;
import dev.carillon.eventsourced.event.EventSchemas;
import dev.carillon.notification.recipient.ContactCheck;
import dev.carillon.notification.recipient.KnownRegions;
import dev.carillon.notification.recipient.PreferencesCheck;
import dev.carillon.notification.template.Categories;
import dev.carillon.notification.template.Templates;
import dev.carillon.platform.idempotency.IdempotentWork;
import dev.carillon.platform.json.Json;
import dev.carillon.platform.rest.Problem.FieldError;
import dev.carillon.platform.rest.ProblemException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an item of a request is read as, without a service around it. */
class ReadingTest {

    private static final Instant NOW = Instant.parse("2025-11-20T09:30:00Z");
    private static final Json JSON = new Json(new ObjectMapper());
    private static final EventSchemas SCHEMAS = new EventSchemas(Optional.empty());
    private static final Categories CATEGORIES = new Categories();
    private static final CustomerFacts CUSTOMERS = new CustomerFacts(
            new ContactCheck(Optional.empty(), new Channels(List.of())),
            new PreferencesCheck(CATEGORIES, new Templates(CATEGORIES)),
            JSON);
    private static final String OTHER_CUSTOMER = "must be the customer that the event is about";
    private static final String PLAIN = """
            {"user_id": "u", "event_type": "payment_failed", "event_timestamp": "2025-10-31T20:00:00+01:00", "properties": {"amount": 1425.00, "n": 3}, "user_traits": {"vip": true}}""";
    private static final String CLOUD = """
            {"specversion": "1.0", "id": "e-1", "source": "https://shop.example/x", "type": "ordering.order-status-changed", "subject": "c",
             "time": "2025-10-31T20:00:00+01:00", "data": {"orderId": "o", "customerId": "c", "newStatus": "SHIPPED"}}""";

    @Test
    void a_plain_object_becomes_an_event() {
        var event = fit(plain(PLAIN));

        assertThat(event)
                .isEqualTo(new EventEnvelope(
                        "t",
                        "id-0",
                        "/api/v1/events",
                        "payment_failed",
                        "u",
                        Instant.parse("2025-10-31T19:00:00Z"),
                        Map.of("amount", 1425.0, "n", 3L),
                        Map.of("vip", true),
                        Map.of("traceparent", "00-trace")));
    }

    @Test
    void a_cloud_event_becomes_an_event() {
        var event = fit(cloud(CLOUD));

        assertThat(event)
                .isEqualTo(new EventEnvelope(
                        "t",
                        "e-1",
                        "https://shop.example/x",
                        "ordering.order-status-changed",
                        "c",
                        Instant.parse("2025-10-31T19:00:00Z"),
                        Map.of("orderId", "o", "customerId", "c", "newStatus", "SHIPPED"),
                        Map.of(),
                        Map.of("traceparent", "00-trace")));
    }

    @Test
    void extensions_are_kept_and_a_trace_of_its_own_wins() {
        var event = fit(cloud(CLOUD.replaceFirst("\\{", """
                {"traceparent": "00-own", "correlationid": "c-1", "causationid": null, "partitionkey": "p", "retries": 3, "urgent": true, "dataschema": "https://x.example/s",""")));

        assertThat(event.extensions())
                .isEqualTo(Map.of(
                        "traceparent",
                        "00-own",
                        "correlationid",
                        "c-1",
                        "partitionkey",
                        "p",
                        "retries",
                        3,
                        "urgent",
                        true,
                        "dataschema",
                        "https://x.example/s"));
    }

    @Test
    void without_time_it_happened_when_it_came_and_without_subject_it_is_about_whom_its_data_names() {
        var event = fit(cloud(
                CLOUD.replace("\"time\": \"2025-10-31T20:00:00+01:00\", ", "").replace(" \"subject\": \"c\",", "")));

        assertThat(event.occurredAt()).isEqualTo(NOW);
        assertThat(event.subject()).isEqualTo("c");
    }

    @Test
    void an_unknown_type_may_be_about_nobody_and_say_nothing() {
        var event = fit(cloud(
                "{\"specversion\": \"1.0\", \"id\": \"1\", \"source\": \"/x\", \"type\": \"com.example.anything\"}"));

        assertThat(event.subject()).isNull();
        assertThat(event.data()).isEmpty();
    }

    @Test
    void data_may_be_json_in_base64() {
        var data = Base64.getEncoder().encodeToString("{\"a\": [1, null]}".getBytes(StandardCharsets.UTF_8));

        assertThat(fit(cloud(other("\"datacontenttype\": \"application/vnd.x+json; charset=utf-8\", \"data_base64\": \""
                                + data + "\"")))
                        .data())
                .hasEntrySatisfying("a", list -> assertThat(list).asList().containsExactly(1L, null));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '|',
            value = {
                "\"data_base64\": \"!!\"                                      ; /data_base64",
                "\"data_base64\": \"eA==\"                                    ; /data_base64",
                "\"data_base64\": \"eyJhIjoiXHUwMDAwIn0=\"                    ; /data_base64",
                "\"subject\": \"..\"                                          ; /subject",
                "\"data\": {}, \"data_base64\": \"e30=\"                      ; /data_base64",
                "\"time\": \"yesterday\"                                      ; /time",
                "\"time\": \"1969-12-31T23:59:59Z\"                           ; /time",
                "\"time\": \"+10000-01-01T00:00:00Z\"                         ; /time",
                "\"subject\": \"\"                                            ; /subject",
                "\"subject\": 7                                               ; /subject",
                "\"dataschema\": \"not a uri\"                                ; /dataschema",
                "\"correlationid\": {}                                        ; /correlationid",
                "\"retries\": 3000000000                                      ; /retries",
                "\"correlationId\": \"x\"                                     ; /correlationId",
                "\"traceparent\": \"a\\u0000b\"                               ; /traceparent"
            })
    void what_is_wrong_with_a_cloud_event_is_named_by_its_attribute(String member, String pointer) {
        assertThat(unfit(cloud(other(member)))).extracting(FieldError::pointer).contains(pointer);
    }

    @Test
    void every_missing_attribute_is_named() {
        assertThat(unfit(cloud("{}")))
                .extracting(FieldError::pointer)
                .containsExactly("/specversion", "/id", "/source", "/type");
        assertThat(unfit(cloud(CLOUD.replace("\"1.0\"", "\"0.3\""))))
                .containsExactly(new FieldError("must be 1.0", "/specversion"));
        assertThat(unfit(cloud(CLOUD.replace("https://shop.example/x", "::not a uri"))))
                .extracting(FieldError::pointer)
                .containsExactly("/source");
        assertThat(unfit(cloud("7"))).containsExactly(new FieldError("must be an object", ""));
    }

    @Test
    void a_violation_of_the_schema_is_named_by_the_name_the_sender_uses() {
        assertThat(unfit(cloud(CLOUD.replace("\"newStatus\": \"SHIPPED\"", "\"newStatus\": 7"))))
                .extracting(FieldError::pointer)
                .containsExactly("/data/newStatus");
        assertThat(unfit(plain(PLAIN.replace("1425.00", "\"much\""))))
                .extracting(FieldError::pointer)
                .containsExactly("/properties/amount");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '|',
            value = {
                "|\"user_id\": \"u\"|                      ; |\"user_id\": \"\"|                             ; /user_id",
                "|\"user_id\": \"u\"|                      ; |\"user_id\": 7|                                ; /user_id",
                "|\"user_id\": \"u\"|                      ; |\"user_id\": \"a\\u0000\"|                     ; /user_id",
                "|\"payment_failed\"|                      ; |null|                                          ; /event_type",
                "|2025-10-31T20:00:00+01:00|               ; |2025-10-31|                                    ; /event_timestamp",
                "|2025-10-31T20:00:00+01:00|               ; |1969-12-31T23:59:59Z|                          ; /event_timestamp",
                "|{\"amount\": 1425.00, \"n\": 3}|         ; |[]|                                            ; /properties",
                "|{\"amount\": 1425.00, \"n\": 3}|         ; |{\"a\": [{\"b/c\": \"x\\u0000\"}]}|            ; /properties/a/0/b~1c",
                "|{\"amount\": 1425.00, \"n\": 3}|         ; |{\"a\\u0000\": 1}|                             ; /properties",
                "|{\"amount\": 1425.00, \"n\": 3}|         ; |{\"a\": \"\\ud83d\"}|                          ; /properties/a",
                "|{\"amount\": 1425.00, \"n\": 3}|         ; |{\"a\": 1e400}|                                ; /properties/a",
                "|2025-10-31T20:00:00+01:00|               ; |+01:00|                                        ; /event_timestamp",
                "|\"user_id\": \"u\"|                      ; |\"user_id\": \".\"|                            ; /user_id",
                "|\"user_id\": \"u\"|                      ; |\"user_id\": \"..\"|                           ; /user_id",
                "|\"user_id\": \"u\"|                      ; |\"user_id\": \"i\\u0085d\"|                    ; /user_id",
                "|\"user_id\": \"u\"|                      ; |\"user_id\": \"\\u200b\"|                      ; /user_id",
                "|{\"amount\": 1425.00, \"n\": 3}|         ; |{\"a\": 9223372036854775808}|                  ; /properties/a",
                "|{\"vip\": true}|                         ; |\"vip\"|                                       ; /user_traits",
                "|{\"vip\": true}|                         ; |{\"vip\": \"\\u0000\"}|                        ; /user_traits/vip"
            })
    void what_is_wrong_with_a_plain_object_is_named_by_its_field(String valid, String invalid, String pointer) {
        assertThat(unfit(plain(PLAIN.replace(valid, invalid))))
                .extracting(FieldError::pointer)
                .contains(pointer);
    }

    @Test
    void spaces_around_a_time_say_nothing() {
        assertThat(fit(plain(PLAIN.replace("2025-10-31T20:00:00+01:00", " 2025-10-31T20:00:00+01:00\\u00a0")))
                        .occurredAt())
                .isEqualTo("2025-10-31T19:00:00Z");
        assertThat(fit(cloud(other("\"time\": \" 2025-10-31T19:00:00Z \""))).occurredAt())
                .isEqualTo("2025-10-31T19:00:00Z");
    }

    @Test
    void a_customer_in_the_data_is_one_that_paths_can_hold() {
        assertThat(
                        unfit(
                                cloud(
                                        "{\"specversion\": \"1.0\", \"id\": \"1\", \"source\": \"/x\", \"type\": \"customer.customer-updated\", \"data\": {\"customerId\": \"..\"}}")))
                .extracting(FieldError::pointer)
                .containsExactly("/data/customerId");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '#',
            value = {
                "'quietHours': [{'start': '25:00', 'end': '07:00'}] | /data/quietHours/0/start   | must be a time like 22:00",
                "'quietHours': 'x'                                  | /data/quietHours           | must be an array",
                "'optedOut': 'no'                                   | /data/optedOut             | must be true or false",
                "'frequencyCap': {'max': 'x', 'per': 'P1D'}         | /data/frequencyCap/max     | must be a whole number",
                "'frequencyCap': {'max': 0, 'per': 'P1D'}           | /data/frequencyCap/max     | must be a whole number from 1 to 1000",
                "'frequencyCap': {'max': 1001, 'per': 'P1D'}        | /data/frequencyCap/max     | must be a whole number from 1 to 1000",
                "'timeZone': 5                                      | /data/timeZone             | must be a string",
                "'channels': []                                     | /data/channels             | must be an object",
                "'channels': {'sms': 1}                             | /data/channels/sms         | must be true or false"
            })
    void what_does_not_fit_a_schema_is_said_as_the_api_says_it(String member, String pointer, String detail) {
        var event =
                "{\"specversion\": \"1.0\", \"id\": \"1\", \"source\": \"/x\", \"type\": \"customer.preferences-changed\", \"data\": {\"customerId\": \"c\", "
                        + member.replace('\'', '"') + "}}";

        assertThat(unfit(cloud(event))).containsExactly(new FieldError(detail, pointer));
    }

    @Test
    void whole_pairs_and_late_and_future_times_are_welcome() {
        assertThat(fit(plain(PLAIN.replace("1425.00, \"n\": 3", "1, \"smile\": \"\\ud83d\\ude00\"")))
                        .data())
                .containsEntry("smile", "😀");
        assertThat(fit(plain(PLAIN.replace("2025-10-31T20:00:00+01:00", "1970-01-01T00:00:00Z")))
                        .occurredAt())
                .isEqualTo(Instant.EPOCH);
        assertThat(fit(plain(PLAIN.replace("2025-10-31T20:00:00+01:00", "9999-12-31T23:59:59Z")))
                        .occurredAt())
                .isEqualTo("9999-12-31T23:59:59Z");
    }

    @Test
    void a_fact_about_nobody_needs_no_user() {
        assertThat(fit(plain("""
                {"event_type": "pricing.price-changed", "event_timestamp": "2025-10-31T19:00:00Z",
                 "properties": {"productId": "p", "productName": "P", "oldPrice": 2, "newPrice": 1, "currency": "USD"}}""")).subject()).isNull();
        assertThat(unfit(plain(PLAIN.replace("\"user_id\": \"u\", ", ""))))
                .containsExactly(new FieldError("is required", "/user_id"));
        assertThat(unfit(plain("{\"event_type\": \"nobody.knows\", \"event_timestamp\": \"2025-10-31T19:00:00Z\"}")))
                .containsExactly(new FieldError("is required", "/user_id"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ordering.order-status-changed|\"orderId\": \"o\", \"newStatus\": \"SHIPPED\"",
                "customer.wishlist-item-added|\"productId\": \"p\""
            })
    void the_subject_may_be_another_than_the_data_name(String typeAndData) {
        var type = typeAndData.substring(0, typeAndData.indexOf('|'));
        var data = "{\"customerId\": \"c\", " + typeAndData.substring(typeAndData.indexOf('|') + 1) + "}";

        assertThat(fit(cloud("{\"specversion\": \"1.0\", \"id\": \"1\", \"source\": \"/x\", \"type\": \"" + type
                                + "\", \"subject\": \"d\", \"data\": " + data + "}"))
                        .subject())
                .isEqualTo("d");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"customer.customer-updated|\"name\": \"N\"", "customer.preferences-changed|\"optedOut\": true"})
    void a_statement_about_two_customers_is_refused_in_every_form(String typeAndData) {
        var type = typeAndData.substring(0, typeAndData.indexOf('|'));
        var data = "{\"customerId\": \"c\", " + typeAndData.substring(typeAndData.indexOf('|') + 1) + "}";
        var plain = "{\"user_id\": \"%s\", \"event_type\": \"" + type
                + "\", \"event_timestamp\": \"2025-10-31T19:00:00Z\", \"properties\": " + data + "}";
        var cloud = "{\"specversion\": \"1.0\", \"id\": \"1\", \"source\": \"/x\", \"type\": \"" + type
                + "\", \"subject\": \"%s\", ";
        var encoded = "\"data_base64\": \"" + Base64.getEncoder().encodeToString(data.getBytes(StandardCharsets.UTF_8))
                + "\"}";

        assertThat(fit(plain(plain.formatted("c"))).subject()).isEqualTo("c");
        assertThat(unfit(plain(plain.formatted("d"))))
                .containsExactly(new FieldError(OTHER_CUSTOMER, "/properties/customerId"));
        assertThat(fit(cloud(cloud.formatted("c") + "\"data\": " + data + "}")).subject())
                .isEqualTo("c");
        assertThat(unfit(cloud(cloud.formatted("C") + "\"data\": " + data + "}")))
                .containsExactly(new FieldError(OTHER_CUSTOMER, "/data/customerId"));
        assertThat(unfit(cloud(cloud.formatted("d") + encoded)))
                .containsExactly(new FieldError(OTHER_CUSTOMER, "/data_base64/customerId"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '|',
            value = {
                "\"opted_out\": true                                                     ; /opted_out",
                "\"optedout\": true                                                      ; /optedout",
                "\"opted_out\": null                                                     ; /opted_out",
                "\"optOut\": true, \"optedOut\": false                                   ; /optOut",
                "\"version\": 1                                                          ; /version",
                "\"quiet_hours\": []                                                     ; /quiet_hours",
                "\"time_zone\": \"Europe/Berlin\"                                        ; /time_zone",
                "\"quietHours\": [{\"start\": \"22:00\", \"end\": \"07:00\", \"x\": 1}]     ; /quietHours/0/x",
                "\"frequencyCap\": {\"max\": 1, \"per\": \"P1D\", \"a/b\": 1}               ; /frequencyCap/a~1b"
            })
    void a_misspelt_choice_is_refused_and_named(String member, String pointer) {
        var data = "{\"customerId\": \"u\", " + member + "}";
        assertThat(unfit(plain(
                        "{\"user_id\": \"u\", \"event_type\": \"customer.preferences-changed\", \"event_timestamp\": \"2025-10-31T19:00:00Z\", \"properties\": "
                                + data + "}")))
                .containsExactly(new FieldError("is not a known property", "/properties" + pointer));
        assertThat(unfit(cloud(
                        "{\"specversion\": \"1.0\", \"id\": \"1\", \"source\": \"/x\", \"type\": \"customer.preferences-changed\", \"data\": "
                                + data + "}")))
                .containsExactly(new FieldError("is not a known property", "/data" + pointer));
    }

    @Test
    void traits_have_an_end() {
        var many = new StringBuilder("{\"a\": 0");
        for (int i = 0; i < 100; i++) {
            many.append(", \"a").append(i).append("\": 1");
        }
        assertThat(unfit(plain(PLAIN.replace("{\"vip\": true}", many + "}"))))
                .extracting(FieldError::pointer)
                .containsExactly("/user_traits");
        assertThat(unfit(plain(PLAIN.replace("true", "\"" + "x".repeat(70_000) + "\""))))
                .extracting(FieldError::pointer)
                .containsExactly("/user_traits/vip", "/user_traits");
    }

    @Test
    void binary_mode_is_brought_into_the_same_form() {
        // Given
        var headers = Map.of(
                "CE-SpecVersion",
                List.of("1.0"),
                "ce-id",
                List.of("\"a \\\"quoted\\\" id\""),
                "ce-source",
                List.of("/x"),
                "ce-type",
                List.of("t%20%C3%A9+"),
                "ce-subject",
                List.of("caf%C3%A9%25"),
                "Content-Type",
                List.of("application/json"),
                "X-Other",
                List.of("y"));

        // When
        var message = EventMessage.of(
                headers, "application/json; charset=utf-8", "{\"a\": 1}".getBytes(StandardCharsets.UTF_8), JSON);

        // Then
        assertThat(message.form()).isEqualTo(Form.BINARY);
        assertThat(fit(cloudReader().read(message.content(), arrival()))).satisfies(event -> {
            assertThat(event.id()).isEqualTo("a \"quoted\" id");
            assertThat(event.type()).isEqualTo("t é+");
            assertThat(event.subject()).isEqualTo("café%");
            assertThat(event.data()).isEqualTo(Map.of("a", 1L));
            assertThat(event.extensions())
                    .isEqualTo(Map.of("traceparent", "00-trace", "datacontenttype", "application/json; charset=utf-8"));
        });
    }

    @Test
    void a_header_that_is_no_utf_8_is_named() {
        var headers = Map.of("ce-specversion", List.of("1.0"), "ce-subject", List.of("%C0%80"));

        assertThatThrownBy(() -> EventMessage.of(headers, null, new byte[0], JSON))
                .asInstanceOf(type(ProblemException.class))
                .extracting(e -> e.problem().errors().get(0).pointer())
                .isEqualTo("/subject");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "application/xml",
                "application/cloudevents+avro",
                "application/cloudevents+xml",
                "application/jsonp",
                ""
            })
    void another_media_type_is_refused(String mediaType) {
        assertThatThrownBy(() -> Form.of(mediaType.isEmpty() ? null : mediaType, false))
                .asInstanceOf(type(ProblemException.class))
                .extracting(e -> e.problem().status())
                .isEqualTo(415);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"application/json", "APPLICATION/JSON; charset=UTF-8", "application/vnd.x+json", "Text/JSON"})
    void json_is_json_by_any_name(String mediaType) {
        assertThat(Form.of(mediaType, false)).isEqualTo(Form.PLAIN);
        assertThat(Form.of(mediaType, true)).isEqualTo(Form.BINARY);
    }

    @Test
    void the_same_content_has_the_same_fingerprint_in_every_order_and_not_in_every_form() {
        var one = message("application/json", "{\"a\": 1, \"b\": {\"c\": [1, 2], \"d\": null}}");

        assertThat(message("application/json; charset=utf-8", "{\"b\":{\"d\":null,\"c\":[1,2]},\"a\":1}")
                        .fingerprint())
                .isEqualTo(one.fingerprint());
        assertThat(message("application/json", "{\"b\":{\"d\":null,\"c\":[2,1]},\"a\":1}")
                        .fingerprint())
                .isNotEqualTo(one.fingerprint());
        assertThat(message("application/cloudevents+json", "{\"a\": 1, \"b\": {\"c\": [1, 2], \"d\": null}}")
                        .fingerprint())
                .isNotEqualTo(one.fingerprint());
    }

    private static EventMessage message(String mediaType, String body) {
        return EventMessage.of(Map.of(), mediaType, body.getBytes(StandardCharsets.UTF_8), JSON);
    }

    private static String other(String member) {
        return "{\"specversion\": \"1.0\", \"id\": \"1\", \"source\": \"/x\", \"type\": \"com.example.anything\", "
                + member + "}";
    }

    private static ReadEvent plain(String json) {
        return new PlainEvents(SCHEMAS, CUSTOMERS, JSON)
                .read(JSON.tree(json.getBytes(StandardCharsets.UTF_8)), arrival(), 0);
    }

    private static ReadEvent cloud(String json) {
        return cloudReader().read(JSON.tree(json.getBytes(StandardCharsets.UTF_8)), arrival());
    }

    private static CloudEvents cloudReader() {
        return new CloudEvents(SCHEMAS, CUSTOMERS, JSON);
    }

    private static RequestContext arrival() {
        return new RequestContext(
                "t", NOW, "00-trace", IdempotentWork.once(index -> "id-" + index), KnownRegions.none());
    }

    private static EventEnvelope fit(ReadEvent reading) {
        return assertThat(reading)
                .asInstanceOf(type(ReadEvent.ValidEvent.class))
                .actual()
                .event();
    }

    private static List<FieldError> unfit(ReadEvent reading) {
        return assertThat(reading)
                .asInstanceOf(type(ReadEvent.InvalidEvent.class))
                .actual()
                .errors();
    }
}
