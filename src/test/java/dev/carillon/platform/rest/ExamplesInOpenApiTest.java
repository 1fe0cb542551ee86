package dev.carillon.platform.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.junit.jupiter.api.Test;

class ExamplesInOpenApiTest {

    @Test
    void an_answer_shows_the_examples_of_its_schema() {
        var media = media(Schemas.referenceTo("Replay"));

        fill("getReplay", "200", media);

        assertThat(media.getExamples()).containsOnlyKeys("running", "done");
    }

    @Test
    void those_of_the_operation_go_first() {
        var media = media(Schemas.referenceTo("Replay"));

        fill("startReplay", "202", media);

        assertThat(media.getExamples()).containsOnlyKeys("running");
    }

    @Test
    void a_list_without_examples_shows_those_of_its_elements() {
        var media = media(listOf("Replay"));

        fill("listReplays", "200", media);

        assertThat(media.getExamples())
                .hasSize(1)
                .allSatisfy((name, example) -> assertThat(example.getValue())
                        .asInstanceOf(InstanceOfAssertFactories.LIST)
                        .hasSize(2));
    }

    @Test
    void a_list_with_examples_shows_them() {
        var media = media(listOf("Rule"));

        fill("listRules", "200", media);

        assertThat(media.getExamples()).containsOnlyKeys("one rule");
    }

    @Test
    void text_is_shown_where_text_is_sent() {
        var yaml = media(OASFactory.createSchema().addType(SchemaType.STRING));
        var json = media(OASFactory.createSchema().addType(SchemaType.OBJECT));

        var operation = OASFactory.createOperation()
                .operationId("putRule")
                .requestBody(OASFactory.createRequestBody()
                        .content(OASFactory.createContent()
                                .addMediaType("application/yaml", yaml)
                                .addMediaType("application/json", json)))
                .responses(OASFactory.createAPIResponses());
        filter(OASFactory.createPathItem().PUT(operation));

        assertThat(yaml.getExamples()).containsOnlyKeys("back in stock");
        assertThat(json.getExamples()).containsOnlyKeys("order shipped");
    }

    @Test
    void what_an_endpoint_shows_itself_stays() {
        var media = media(Schemas.referenceTo("Replay"))
                .addExample("own", OASFactory.createExample().value(Map.of()));

        fill("getReplay", "200", media);

        assertThat(media.getExamples()).containsOnlyKeys("own");
    }

    @Test
    void refusals_show_none() {
        var media = media(Schemas.referenceTo("Replay"));

        fill("getReplay", "404", media);

        assertThat(media.getExamples()).isNull();
    }

    private static MediaType media(Schema schema) {
        return OASFactory.createMediaType().schema(schema);
    }

    private static Schema listOf(String name) {
        return OASFactory.createSchema().type(List.of(SchemaType.ARRAY)).items(Schemas.referenceTo(name));
    }

    private static void fill(String operation, String status, MediaType media) {
        filter(OASFactory.createPathItem()
                .GET(OASFactory.createOperation()
                        .operationId(operation)
                        .responses(OASFactory.createAPIResponses()
                                .addAPIResponse(
                                        status,
                                        OASFactory.createAPIResponse()
                                                .content(OASFactory.createContent()
                                                        .addMediaType("application/json", media))))));
    }

    private static void filter(PathItem path) {
        new ExamplesInOpenApi()
                .filterOpenAPI(OASFactory.createOpenAPI()
                        .paths(OASFactory.createPaths().addPathItem("/path", path)));
    }
}
