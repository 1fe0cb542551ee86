package dev.carillon.eventsourced.intake;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import dev.carillon.platform.id.Ids;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Binary mode byte by byte: what client libraries would put right before it is sent. */
@QuarkusTest
class CloudEventBytesTest {

    @TestHTTPResource("/api/v1/events")
    URI address;

    @Inject
    Ids ids;

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "caf%C3%A9>café",
                "café>café",
                "%e2%82%ac 5>€ 5",
                "€>€",
                "🎉>🎉",
                "%F0%9F%8E%89>🎉",
                "100%>100%",
                "100% sure>100% sure",
                "%zz>%zz",
                "50%%25>50%%",
                "a+b>a+b",
                "\"caf%C3%A9 au lait\">café au lait",
                "\"say \\\"hi\\\"\">say \"hi\"",
                "%22quoted%22>\"quoted\"",
                "caf%C3\u00A9>!",
                "%2541>%41"
            })
    void a_value_is_what_its_bytes_say(String sent, String subject) throws IOException {
        // Given
        var id = ids.next();

        // When
        var status = status(
                post(
                        "ce-specversion: 1.0",
                        "ce-id: " + id,
                        "ce-source: /bytes",
                        "ce-type: com.example.bytes",
                        "ce-subject: " + sent),
                "");

        // Then
        if (subject.equals("!")) {
            assertThat(status).isEqualTo(400);
        } else {
            assertThat(status).isEqualTo(202);
            given().queryParam("source", "/bytes")
                    .get("/api/v1/events/" + id)
                    .then()
                    .statusCode(200)
                    .body("subject", equalTo(subject));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%C0%80",
                "%C3",
                "%ED%A0%80",
                "%FF",
                "a%80b",
                "50%ab",
                "%F4%90%80%80",
                "%0D%0ABcc: x",
                "%00",
                "%1B[2J"
            })
    void what_is_no_utf_8_or_steers_is_a_400(String sent) throws IOException {
        var answer = send(
                post("ce-specversion: 1.0", "ce-id: 1", "ce-source: /bytes", "ce-type: t", "ce-subject: " + sent), "");
        assertThat(answer).startsWith("HTTP/1.1 400").contains("application/problem+json", "\"/subject\"");
    }

    @Test
    void bytes_of_latin_1_are_ambiguous_and_a_400() throws IOException {
        var head =
                post("ce-specversion: 1.0", "ce-id: 1", "ce-source: /bytes", "ce-type: t", "ce-subject: caf?") + "\r\n";
        var bytes = head.getBytes(StandardCharsets.US_ASCII);
        bytes[head.indexOf('?')] = (byte) 0xE9;
        assertThat(send(bytes)).startsWith("HTTP/1.1 400");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ce-id: 1", "CE-ID: 1", "ce-type: t", "Ce-Source: /x", "ce-myextension: 5"})
    void one_attribute_without_a_version_is_a_400(String header) throws IOException {
        var answer = send(
                post(header, "Content-Type: application/json"),
                "{\"user_id\": \"u\", \"event_type\": \"t\", \"event_timestamp\": \"2025-10-31T19:00:00Z\"}");
        assertThat(answer).startsWith("HTTP/1.1 400").contains("\"/specversion\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            value = {
                "ce-specversion: 0.3>/specversion",
                "ce-specversion: 1.0 | ce-id: 2>/id",
                "ce-specversion: 1.0 | ce-datacontenttype: text/plain>/datacontenttype",
                "ce-specversion: 1.0 | ce-data: x>/data",
                "ce-specversion: 1.0 | ce-data_base64: AA>/data_base64",
                "ce-specversion: 1.0 | ce-my-extension: x>/my-extension",
                "ce-specversion: 1.0 | ce-: x>/"
            })
    void what_is_no_attribute_is_named(String headers, String pointer) throws IOException {
        var lines = ("ce-id: 1 | ce-source: /bytes | ce-type: t | " + headers).split(" \\| ");
        assertThat(send(post(lines), "")).startsWith("HTTP/1.1 400").contains("\"" + pointer + "\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            value = {
                "text/plain>plain>dGV4dA==>text>",
                "Text/XML; charset=UTF-8>xml>PHgvPg==>'<x/>'>",
                "application/octet-stream>bytes>AP8Q>>AP8Q",
                "text/plain; charset=iso-8859-1>latin>6Q==>>6Q==",
                "text/plain>no text>/w==>>/w==",
                "text/plain>nul>YQBi>>YQBi",
                "application/VND.example+JSON>json>WzFd>[1]>",
                "Application/JSON>json>ImEi>a>",
                "image/png>picture>iVBORw0KGgo=>>iVBORw0KGgo="
            })
    void a_body_of_any_type_is_given_back_as_it_came(
            String contentType, String type, String body, @Nullable String value, @Nullable String base64)
            throws IOException {
        // Given
        var id = ids.next();

        // When
        var head = post(
                "ce-specversion: 1.0",
                "CE-Id: " + id,
                "ce-source: /bytes",
                "ce-type: com.example.bytes",
                "Content-Type: " + contentType);
        var status = status(head, Base64.getDecoder().decode(body));

        // Then
        assertThat(status).isEqualTo(202);
        given().queryParam("source", "/bytes")
                .get("/api/v1/events/" + id)
                .then()
                .statusCode(200)
                .body("dataBase64", base64 == null ? nullValue() : equalTo(base64))
                .body("data.toString()", value == null ? equalTo("null") : equalTo(value))
                .body("extensions.datacontenttype", equalTo(contentType));
    }

    @Test
    void a_sender_may_ask_whether_it_may_deliver() throws IOException {
        var allowed = send(
                ("OPTIONS /api/v1/events HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nWebHook-Request-Origin: eventemitter.example.com\r\n"
                                + "WebHook-Request-Rate: 120\r\nWebHook-Request-Callback: https://eventemitter.example.com/confirm\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        assertThat(allowed)
                .startsWith("HTTP/1.1 204")
                .containsIgnoringCase("WebHook-Allowed-Origin: eventemitter.example.com")
                .containsIgnoringCase("WebHook-Allowed-Rate: *")
                .containsIgnoringCase("Allow: ");

        var nobody = send("OPTIONS /api/v1/events HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                .getBytes(StandardCharsets.US_ASCII));
        assertThat(nobody).startsWith("HTTP/1.1 204").doesNotContainIgnoringCase("WebHook-Allowed");
    }

    private static String post(String... headers) {
        return "POST /api/v1/events HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + String.join("\r\n", headers)
                + "\r\n";
    }

    private int status(String head, String body) throws IOException {
        return status(head, body.getBytes(StandardCharsets.UTF_8));
    }

    private int status(String head, byte[] body) throws IOException {
        return Integer.parseInt(send(head, body).substring(9, 12));
    }

    private String send(String head, String body) throws IOException {
        return send(head, body.getBytes(StandardCharsets.UTF_8));
    }

    private String send(String head, byte[] body) throws IOException {
        var start = (head + "Content-Length: " + body.length + "\r\n\r\n").getBytes(StandardCharsets.UTF_8);
        var message = Arrays.copyOf(start, start.length + body.length);
        System.arraycopy(body, 0, message, start.length, body.length);
        return send(message);
    }

    private String send(byte[] message) throws IOException {
        try (var socket = new Socket(address.getHost(), address.getPort())) {
            socket.setSoTimeout(60_000);
            socket.getOutputStream().write(message);
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
