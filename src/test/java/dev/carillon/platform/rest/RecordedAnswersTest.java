package dev.carillon.platform.rest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.testing.ApiDocument;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/**
 * What the packaged service answered to every operation, happy and bad, is what the document says: a client that was generated of the
 * document reads all of it. {@code src/main/native/check.sh} holds the service to these answers.
 */
@QuarkusTest
class RecordedAnswersTest {

    private static final Path ANSWERS = Path.of("src/main/native/answers.txt");

    /** What HTTP answers before there is an operation. */
    private static final String OF_NO_OPERATION = "-";

    private record Recorded(String name, String operation, int status, String mediaType, String body) {

        static Recorded of(String text) {
            var lines = text.lines().toList();
            var head = lines.get(1).split("[ ;]");
            var body = lines.stream()
                    .skip(2)
                    .dropWhile(line -> line.matches("[A-Za-z-]+: .*"))
                    .collect(Collectors.joining("\n"))
                    .strip();
            return new Recorded(
                    lines.get(0),
                    lines.get(0).substring(0, lines.get(0).indexOf(':')),
                    Integer.parseInt(head[0]),
                    head.length > 1 ? head[1] : "",
                    body);
        }
    }

    @Test
    void every_recorded_answer_is_as_the_document_says() throws Exception {
        var api = new ApiDocument(given().get("/q/openapi?format=json")
                .then()
                .statusCode(200)
                .extract()
                .asString());
        var softly = new SoftAssertions();
        for (var answer : recorded()) {
            if (!answer.operation().equals(OF_NO_OPERATION)) {
                var operation = api.operations().stream()
                        .filter(one -> one.json().path("operationId").asText().equals(answer.operation()))
                        .findFirst();
                softly.assertThat(operation)
                        .as(answer.name() + ": is there such an operation?")
                        .isPresent();
                operation.ifPresent(one -> softly.assertThat(findings(api, one, answer))
                        .as(answer.name())
                        .isEmpty());
            }
        }
        softly.assertAll();
    }

    @Test
    void every_operation_has_a_recorded_answer() throws Exception {
        var api = new ApiDocument(given().get("/q/openapi?format=json")
                .then()
                .statusCode(200)
                .extract()
                .asString());

        assertThat(recorded())
                .extracting(Recorded::operation)
                .containsAll(api.operations().stream()
                        .map(operation -> operation.json().path("operationId").asText())
                        .toList());
    }

    private static List<String> findings(ApiDocument api, ApiDocument.Operation operation, Recorded answer) {
        var body = answer.body().isEmpty() || answer.mediaType().endsWith("json") ? answer.body() : "\"text\"";
        return api.findingsIn(operation, answer.status(), answer.mediaType(), body);
    }

    private static List<Recorded> recorded() throws IOException {
        var parts = Files.readString(ANSWERS).split("(?m)^== ");
        return Arrays.stream(parts)
                .filter(part -> !part.isBlank())
                .map(Recorded::of)
                .toList();
    }
}
