package dev.carillon.testing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What is checked with it is worth as much as it finds. */
class ApiDocumentTest {

    private static final String DOCUMENT = """
            {"openapi": "3.1.0", "paths": {
              "/things/special": {"get": {"operationId": "special", "responses": {"204": {"description": "none"}}}},
              "/things/{id}": {"get": {"operationId": "thing", "responses": {
                "200": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}}},
                "404": {"$ref": "#/components/responses/Unknown"}}}}},
             "components": {
              "responses": {"Unknown": {"content": {"application/problem+json": {"schema": {"type": "object", "required": ["title"]}}}}},
              "schemas": {
                "Thing": {"type": "object", "required": ["made", "part"], "properties": {
                  "made": {"type": "string", "format": "date-time"}, "part": {"$ref": "#/components/schemas/Part"}}},
                "Part": {"type": "object", "required": ["size"], "properties": {"size": {"type": ["integer", "null"]}}}}}}""";

    @Test
    void finds_the_operation_that_answers_at_a_path() throws Exception {
        var api = new ApiDocument(DOCUMENT);

        assertThat(api.operation("GET", "/things/special")
                        .orElseThrow()
                        .json()
                        .path("operationId")
                        .asText())
                .isEqualTo("special");
        assertThat(api.operation("GET", "/things/17")
                        .orElseThrow()
                        .json()
                        .path("operationId")
                        .asText())
                .isEqualTo("thing");
        assertThat(api.operation("POST", "/things/17")).isEmpty();
        assertThat(api.operation("GET", "/things/17/parts")).isEmpty();
    }

    @Test
    void finds_what_is_not_as_the_document_says() throws Exception {
        var api = new ApiDocument(DOCUMENT);
        var thing = api.operation("GET", "/things/17").orElseThrow();

        assertThat(api.findingsIn(
                        thing,
                        200,
                        "application/json",
                        "{\"made\": \"2026-01-01T00:00:00Z\", \"part\": {\"size\": null}}"))
                .isEmpty();
        assertThat(api.findingsIn(thing, 200, "application/json", "{\"made\": \"2026-01-01T00:00:00Z\", \"part\": {}}"))
                .hasSize(1);
        assertThat(api.findingsIn(
                        thing, 200, "application/json", "{\"made\": \"yesterday\", \"part\": {\"size\": \"1\"}}"))
                .hasSize(2);
        assertThat(api.findingsIn(thing, 200, "text/plain", "thing")).hasSize(1);
        assertThat(api.findingsIn(thing, 404, "application/problem+json", "{\"title\": \"none\"}"))
                .isEmpty();
        assertThat(api.findingsIn(thing, 404, "application/problem+json", "{}")).hasSize(1);
        assertThat(api.findingsIn(thing, 410, "application/problem+json", "{\"title\": \"gone\"}"))
                .hasSize(1);
        assertThat(api.findingsIn(api.operation("GET", "/things/special").orElseThrow(), 204, "application/json", "{}"))
                .hasSize(1);
    }
}
