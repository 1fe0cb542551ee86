package dev.carillon.eventsourced.intake;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import dev.carillon.platform.id.Ids;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.http.HttpMessageFactory;
import io.cloudevents.jackson.JsonFormat;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What foreign CloudEvents clients send, in all three modes: bodies as the specification prints them, and an SDK's own writer. */
@QuarkusTest
class CloudEventClientsTest {

    private static final String STRUCTURED = "application/cloudevents+json; charset=UTF-8";
    private static final String BATCH = "application/cloudevents-batch+json";

    @TestHTTPResource("/api/v1/events")
    URI address;

    @Inject
    Ids ids;

    @Test
    void the_example_of_the_json_format_is_taken() {
        // Given
        var id = "A234-" + ids.next();

        // When
        post(STRUCTURED, """
                {
                    "specversion" : "1.0",
                    "type" : "com.example.someevent",
                    "source" : "/mycontext",
                    "subject": null,
                    "id" : "%s",
                    "time" : "2018-04-05T17:31:00Z",
                    "comexampleextension1" : "value",
                    "comexampleothervalue" : 5,
                    "datacontenttype" : "application/json",
                    "data" : {
                        "appinfoA" : "abc",
                        "appinfoB" : 123,
                        "appinfoC" : true
                    }
                }""".formatted(id))
                .statusCode(202)
                .body("accepted", equalTo(1))
                .body("rejected", empty());

        // Then
        event(id, "/mycontext")
                .body("type", equalTo("com.example.someevent"))
                .body("subject", equalTo(null))
                .body("occurredAt", equalTo("2018-04-05T17:31:00Z"))
                .body("data.appinfoB", equalTo(123))
                .body("extensions.comexampleextension1", equalTo("value"))
                .body("extensions.comexampleothervalue", equalTo(5))
                .body("extensions.datacontenttype", equalTo("application/json"));
    }

    @Test
    void the_example_of_binary_mode_is_taken() {
        // Given
        var id = "1234-1234-" + ids.next();

        // When
        given().contentType("application/json; charset=utf-8")
                .header("ce-specversion", "1.0")
                .header("ce-type", "com.example.someevent")
                .header("ce-time", "2018-04-05T03:56:24Z")
                .header("ce-id", id)
                .header("ce-source", "/mycontext/subcontext")
                .header("ce-subject", "caf%C3%A9")
                .header("ce-traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
                .body("{\"message\": \"hello\"}")
                .post("/api/v1/events")
                .then()
                .statusCode(202)
                .body("accepted", equalTo(1));

        // Then
        event(id, "/mycontext/subcontext")
                .body("subject", equalTo("café"))
                .body("data.message", equalTo("hello"))
                .body("extensions.traceparent", equalTo("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"));
    }

    @Test
    void binary_mode_needs_no_data() throws Exception {
        var ping = CloudEventBuilder.v1()
                .withId(ids.next())
                .withSource(URI.create("/x"))
                .withType("com.example.ping")
                .build();

        assertThat(send(ping, false).body()).contains("\"accepted\":1");
    }

    @Test
    void the_example_of_a_batch_is_taken_item_by_item() {
        // Given
        var id = ids.next();
        var batch = """
                [{"specversion": "1.0", "type": "com.example.someevent", "source": "/mycontext/4", "id": "B234-%1$s", "time": "2018-04-05T17:31:00Z",
                  "comexampleextension1": "value", "datacontenttype": "application/vnd.apache.thrift.binary", "data_base64": "AAAA"},
                 {"specversion": "1.0", "type": "com.example.someotherevent", "source": "/mycontext/9", "id": "C234-%1$s", "time": "2018-04-05T17:31:05Z",
                  "datacontenttype": "application/json", "data": {"appinfoA": "potatoes", "appinfoB": 123, "appinfoC": true}},
                 {"specversion": "1.0", "type": "com.example.someotherevent", "source": "/mycontext/9", "id": "C234-%1$s"},
                 {"specversion": "1.0", "type": "pricing.price-changed", "source": "/p", "id": "D-%1$s", "data": {"productId": "p", "productName": "P", "oldPrice": 1, "currency": "USD"}},
                 7]""".formatted(id);

        // When
        var answer = post(BATCH, batch);

        // Then
        answer.statusCode(202)
                .body("accepted", equalTo(2))
                .body("duplicates", equalTo(1))
                .body("rejected.index", contains(3, 4))
                .body("rejected[0].problem.errors.pointer", contains("/data/newPrice"));
        event("B234-" + id, "/mycontext/4")
                .body("dataBase64", equalTo("AAAA"))
                .body("data", nullValue())
                .body("extensions.datacontenttype", equalTo("application/vnd.apache.thrift.binary"));
        post(BATCH, "[]").statusCode(202).body("accepted", equalTo(0)).body("rejected", hasSize(0));
    }

    @Test
    void what_an_sdk_writes_is_taken_in_both_modes() throws Exception {
        // Given
        var event = CloudEventBuilder.v1()
                .withId(ids.next())
                .withSource(URI.create("https://shop.example/ordering"))
                .withType("ordering.order-status-changed")
                .withSubject("cust-001")
                .withTime(OffsetDateTime.parse("2025-10-31T19:00:00Z"))
                .withExtension("correlationid", "c-1")
                .withData(
                        "application/json",
                        "{\"orderId\": \"sdk\", \"customerId\": \"cust-001\", \"newStatus\": \"PACKED\"}"
                                .getBytes(StandardCharsets.UTF_8))
                .build();

        // When
        var binary = send(event, false);
        var structured = send(event, true);

        // Then
        assertThat(binary.statusCode()).isEqualTo(202);
        assertThat(binary.body()).contains("\"accepted\":1");
        assertThat(structured.statusCode()).isEqualTo(202);
        assertThat(structured.body()).contains("\"accepted\":0", "\"duplicates\":1");
        event(event.getId(), "https://shop.example/ordering")
                .body("subject", equalTo("cust-001"))
                .body("extensions.correlationid", equalTo("c-1"));
    }

    @Test
    void one_event_that_is_not_valid_is_a_400_that_points_at_it() {
        post(STRUCTURED, "{\"specversion\": \"1.0\", \"id\": \"1\", \"type\": \"t\"}")
                .statusCode(400)
                .contentType("application/problem+json")
                .body("type", equalTo("https://carillon.dev/problems/bad-request"))
                .body("errors.pointer", contains("/source"));
        given().header("ce-specversion", "1.0")
                .header("ce-type", "pricing.price-changed")
                .header("ce-id", "1")
                .header("ce-source", "/x")
                .contentType("application/json")
                .body("{\"productId\": 7}")
                .post("/api/v1/events")
                .then()
                .statusCode(400)
                .body("errors.pointer", hasItem("/data/productId"));
        post(STRUCTURED, "[]").statusCode(400);
        post(BATCH, "{}").statusCode(400);
        post(STRUCTURED, "{").statusCode(400).body("type", containsString("malformed-json"));
        post(STRUCTURED, "").statusCode(422);
    }

    /** Of each content type the data as it is sent in structured form, and as it is given back. */
    static Stream<Arguments> contents() {
        return Stream.of(
                Arguments.of("text/plain", "\"data\": \"Grüße\\n\"", "Grüße\n", null),
                Arguments.of(
                        "Text/XML; charset=utf-8",
                        "\"data\": \"<much wow=\\\"xml\\\"/>\"",
                        "<much wow=\"xml\"/>",
                        null),
                Arguments.of("text/plain", "\"data\": \"\"", "", null),
                Arguments.of("image/png", "\"data_base64\": \"iVBORw0KGgo=\"", null, "iVBORw0KGgo="),
                Arguments.of("text/plain", "\"data_base64\": \"AP8=\"", null, "AP8="),
                Arguments.of("application/json", "\"data\": \"hello\"", "hello", null),
                Arguments.of("application/json", "\"data\": 42", 42, null),
                Arguments.of("application/json", "\"data\": null", null, null),
                Arguments.of(
                        "APPLICATION/VND.example+JSON",
                        "\"data\": [1, \"two\", null]",
                        Arrays.asList(1, "two", null),
                        null),
                Arguments.of("application/json", "\"data\": false", false, null),
                Arguments.of("application/json", "\"data_base64\": \"WzFd\"", List.of(1), null),
                Arguments.of("application/json", "\"data\": {\"a\": 1}", Map.of("a", 1), null),
                Arguments.of("application/json", "\"data_base64\": \"eyJhIjogMX0=\"", Map.of("a", 1), null),
                Arguments.of("application/xml", "\"data\": null", null, null));
    }

    @ParameterizedTest
    @MethodSource("contents")
    void data_of_any_type_is_given_back_as_it_came(
            String contentType, String data, @Nullable Object value, @Nullable String base64) {
        // Given
        var id = ids.next();

        // When
        post(
                        "APPLICATION/CloudEvents+JSON; Charset=\"utf-8\"",
                        "{\"specversion\": \"1.0\", \"id\": \"%s\", \"source\": \"/any\", \"type\": \"com.example.any\", \"datacontenttype\": \"%s\", %s}"
                                .formatted(id, contentType, data))
                .statusCode(202)
                .body("accepted", equalTo(1));

        // Then
        event(id, "/any")
                .body("data", equalTo(value))
                .body("dataBase64", equalTo(base64))
                .body("extensions.datacontenttype", equalTo(contentType));
    }

    @Test
    void what_is_no_data_is_refused_by_name() {
        var event = "{\"specversion\": \"1.0\", \"id\": \"1\", \"source\": \"/any\", \"type\": \"%s\", %s}";
        post(STRUCTURED, event.formatted("any", "\"data\": 1, \"data_base64\": \"AA==\""))
                .statusCode(400)
                .body("errors.pointer", contains("/data_base64"));
        post(STRUCTURED, event.formatted("any", "\"data_base64\": \"A-A\""))
                .statusCode(400)
                .body("errors.pointer", contains("/data_base64"));
        post(STRUCTURED, event.formatted("any", "\"data_base64\": \"AAAA\""))
                .statusCode(400)
                .body("errors.pointer", contains("/data_base64"));
        post(
                        STRUCTURED,
                        event.formatted(
                                "customer.customer-updated", "\"datacontenttype\": \"text/plain\", \"data\": \"x\""))
                .statusCode(400)
                .body("errors.pointer", contains("/data"));
    }

    @Test
    void types_of_extensions_and_nanoseconds_survive() {
        // Given
        var id = ids.next();

        // When
        post(STRUCTURED, """
                {"specversion": "1.0", "id": "%s", "source": "/any", "type": "com.example.any", "time": "2018-04-05T19:31:00.123456789+02:00", "sampledrate": 2147483647, "least": -2147483648,
                 "urgent": true, "calm": false, "text": "5", "gone": null, "dataschema": "https://example.com/schema"}""".formatted(id)).statusCode(202).body("accepted", equalTo(1));

        // Then
        event(id, "/any")
                .body("occurredAt", equalTo("2018-04-05T17:31:00.123456789Z"))
                .body("extensions.sampledrate", equalTo(2147483647))
                .body("extensions.least", equalTo(-2147483648))
                .body("extensions.urgent", equalTo(true))
                .body("extensions.calm", equalTo(false))
                .body("extensions.text", equalTo("5"))
                .body("extensions", not(hasKey("gone")))
                .body("extensions.dataschema", equalTo("https://example.com/schema"));
        post(
                        STRUCTURED,
                        "{\"specversion\": \"1.0\", \"id\": \"1\", \"source\": \"/any\", \"type\": \"t\", \"big\": 2147483648}")
                .statusCode(400)
                .body("errors.pointer", contains("/big"));
        post(
                        STRUCTURED,
                        "{\"specversion\": \"1.0\", \"id\": \"1\", \"source\": \"/any\", \"type\": \"t\", \"half\": 0.5}")
                .statusCode(400)
                .body("errors.pointer", contains("/half"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/cloudevents+avro",
                "application/cloudevents+xml",
                "Application/CloudEvents-Batch+XML",
                "text/plain",
                "application/octet-stream"
            })
    void a_format_nobody_reads_is_a_415(String mediaType) {
        given().contentType(mediaType)
                .body("{}".getBytes(StandardCharsets.UTF_8))
                .post("/api/v1/events")
                .then()
                .statusCode(415)
                .contentType("application/problem+json")
                .body("detail", containsString("application/cloudevents+json"));
    }

    private HttpResponse<String> send(CloudEvent event, boolean structured) throws Exception {
        var request = HttpRequest.newBuilder(address);
        var writer = HttpMessageFactory.createWriter(
                request::header,
                body -> request.POST(
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(body)));
        if (structured) {
            writer.writeStructured(event, new JsonFormat());
        } else {
            writer.writeBinary(event);
        }
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static ValidatableResponse event(String id, String source) {
        return given().queryParam("source", source)
                .get("/api/v1/events/" + id)
                .then()
                .log()
                .ifValidationFails()
                .statusCode(200)
                .body("source", equalTo(source));
    }

    private static ValidatableResponse post(String mediaType, String body) {
        return given().contentType(mediaType)
                .body(body.getBytes(StandardCharsets.UTF_8))
                .post("/api/v1/events")
                .then()
                .log()
                .ifValidationFails();
    }
}
