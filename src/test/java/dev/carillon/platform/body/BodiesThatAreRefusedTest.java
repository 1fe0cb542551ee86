package dev.carillon.platform.body;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.config.EncoderConfig;
import jakarta.ws.rs.POST;
import java.nio.charset.Charset;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A body that is not what it says it is, and one that nobody reads, are refused at every door. */
@QuarkusTest
class BodiesThatAreRefusedTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '#',
            value = {
                "POST | /api/v1/events | application/json | {\"user_id\": \"u\", \"event_type\": \"e\", \"event_timestamp\": \"2026-01-01T00:00:00Z\", \"properties\": {\"a\": \"X\"}}",
                "POST | /api/v1/events | application/cloudevents-batch+json | [{\"specversion\": \"1.0\", \"id\": \"1\", \"source\": \"/s\", \"type\": \"t\", \"data\": \"X\"}]",
                "POST | /api/v1/notifications | application/json | {\"type\": \"ORDER_SHIPPED\", \"customerId\": \"c1\", \"context\": {\"orderId\": \"X\"}}",
                "POST | /api/v1/notifications/batch | application/json | {\"notifications\": [{\"type\": \"ORDER_SHIPPED\", \"customerId\": \"c1\", \"context\": {\"orderId\": \"X\"}}]}",
                "PUT | /api/v1/customers/not-utf8 | application/json | {\"name\": \"X\"}",
                "POST | /api/v1/api-keys | application/json | {\"label\": \"X\", \"roles\": [\"reader\"]}",
                "POST | /api/v1/rules/validate | application/yaml | description: X",
                "PUT | /api/v1/rules/not-utf8 | text/yaml | description: X"
            })
    void what_is_not_utf8_is_a_400_that_says_so(String method, String path, String type, String body) {
        for (var bytes : new String[] {
            "\u00f4\u0090\u0080\u0080", "\u00c1\u0081", "\u00f0\u0080\u0081\u0081", "\u00fe", "\u00c3", "\u0080"
        }) {
            given().config(RestAssured.config()
                            .encoderConfig(EncoderConfig.encoderConfig()
                                    .appendDefaultContentCharsetToContentTypeIfUndefined(false)))
                    .header("Content-Type", type)
                    .body(body.replace("X", "v" + bytes + "w").getBytes(ISO_8859_1))
                    .request(method, path)
                    .then()
                    .statusCode(400)
                    .body("detail", containsString("is not UTF-8"));
        }
        given().get("/api/v1/customers/not-utf8").then().statusCode(404);
    }

    /** A reader of JSON takes its bytes for UTF-8 whatever the head says, and would put other letters in place. */
    @ParameterizedTest
    @ValueSource(strings = {"iso-8859-1", "windows-1252", "\"ISO-8859-15\"", "UTF-16", "utf-8"})
    void json_is_read_in_the_charset_that_it_declares(String charset) {
        var id = "charset-" + UUID.randomUUID();
        given().header("Content-Type", "application/json;charset=" + charset)
                .body("{\"name\": \"J\u00e4ger\"}".getBytes(Charset.forName(charset.replace("\"", ""))))
                .put("/api/v1/customers/" + id)
                .then()
                .statusCode(201);
        given().get("/api/v1/customers/" + id).then().body("name", equalTo("J\u00e4ger"));
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/replays",
        "/api/v1/rules/order-shipped/enable",
        "/api/v1/rules/order-shipped/disable",
        "/api/v1/templates/ORDER_SHIPPED/publish",
        "/api/v1/webhooks/none/test",
        "/api/v1/dead-letters/1/redrive"
    })
    void what_nobody_reads_is_refused(String path) {
        given().header("Content-Type", "application/json")
                .body("{\"from\": \"garbage\"}")
                .post(path)
                .then()
                .statusCode(422)
                .body("errors[0].detail", equalTo("must be left out: nothing of it is read here"));
        given().header("Content-Type", "application/x-www-form-urlencoded")
                .body("a=b")
                .post(path)
                .then()
                .statusCode(415);
        given().get("/api/v1/rules/order-shipped").then().body("enabled", equalTo(true));
    }

    @Test
    void a_post_that_has_no_use_for_a_body_says_so() {
        var posts = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("dev.carillon").stream()
                        .flatMap(type -> type.getMethods().stream())
                        .filter(method -> method.isAnnotatedWith(POST.class))
                        .toList();

        assertThat(posts).hasSizeGreaterThan(20);
        assertThat(posts.stream()
                        .filter(method -> !readsBody(method) && !method.isAnnotatedWith(TakesNoBody.class))
                        .map(JavaMethod::getFullName)
                        .toList())
                .allMatch(method -> method.contains("UnsubscribeResource"));
    }

    private static boolean readsBody(JavaMethod method) {
        return method.getParameters().stream()
                .anyMatch(parameter -> parameter.getAnnotations().stream()
                        .map(one -> one.getRawType().getName())
                        .noneMatch(name -> List.of("PathParam", "QueryParam", "HeaderParam", "Context").stream()
                                .anyMatch(known -> name.equals("jakarta.ws.rs." + known)
                                        || name.equals("jakarta.ws.rs.core." + known))));
    }
}
