package dev.carillon.eventsourced.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AsyncApiTest {

    private static final Path FILE = Path.of("docs", "asyncapi.yaml");
    private static final EventSchemas SCHEMAS = new EventSchemas(Optional.empty());

    @Test
    void the_document_says_what_the_schemas_say() throws IOException {
        var current = AsyncApiDocument.of(SCHEMAS);
        if (Boolean.getBoolean("carillon.docs.write")) {
            Files.writeString(FILE, current);
        }

        assertThat(FILE)
                .as("out of date: mvn test -Dtest=AsyncApiTest -Dtest.jvm.arguments=-Dcarillon.docs.write=true")
                .hasContent(current);
    }

    @Test
    void every_reference_leads_somewhere_and_every_example_fits() throws IOException {
        // Given
        var document = new YAMLMapper().readTree(FILE.toFile());

        // When
        var references = document.findValuesAsText("$ref");

        // Then
        assertThat(references)
                .isNotEmpty()
                .allSatisfy(reference -> assertThat(
                                document.at(reference.substring(1)).isMissingNode())
                        .as(reference)
                        .isFalse());
        assertThat(document.at("/components/messages"))
                .hasSize(SCHEMAS.all().size())
                .allSatisfy(AsyncApiTest::exampleFits);
    }

    private static void exampleFits(JsonNode message) {
        var event = message.at("/examples/0/payload");
        assertThat(SCHEMAS.named(event.path("type").asText()).orElseThrow().violations(event.path("data")))
                .isEmpty();
        assertThat(message.at("/payload/required"))
                .allSatisfy(name -> assertThat(event.has(name.asText())).isTrue());
    }
}
