package dev.carillon.eventsourced.event;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.keyword.NonValidationKeyword;
import java.util.Locale;

/** Compiles a file's text into an {@link EventSchema}. Every error names the file. */
final class SchemaCompiler {

    private static final Dialect DIALECT = Dialect.builder(Dialects.getDraft202012())
            .keyword(new NonValidationKeyword(EventSchema.SUBJECT))
            .keyword(new KindKeyword())
            .build();

    /**
     * Formats are checked, because the records behind the types cannot hold anything else. Messages are English on
     * every machine.
     */
    private static final SchemaRegistryConfig STRICT = SchemaRegistryConfig.builder()
            .formatAssertionsEnabled(true)
            .locale(Locale.ENGLISH)
            .build();

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private SchemaCompiler() {}

    static EventSchema compile(String file, String type, String text) {
        var json = read(file, text);
        var wrong = registry().getSchema(SchemaLocation.of(DIALECT.getId())).validate(json);
        if (!wrong.isEmpty()) {
            throw new IllegalStateException("event type " + file + " is no JSON Schema: "
                    + wrong.get(0).getInstanceLocation() + " " + wrong.get(0).getMessage());
        }
        try {
            var schema = registry().getSchema(json);
            schema.initializeValidators(); // a $ref that leads nowhere stops the start, not the first event
            return new EventSchema(type, schema);
        } catch (SchemaException e) {
            throw new IllegalStateException("event type " + file + " cannot be used: " + e.getMessage(), e);
        }
    }

    private static JsonNode read(String file, String text) {
        try {
            var json = MAPPER.readTree(text);
            if (!json.isObject()) {
                throw new IllegalStateException("event type " + file + " is no JSON object");
            }
            return json;
        } catch (JsonProcessingException e) {
            var at = e.getLocation();
            throw new IllegalStateException(
                    "event type " + file + " is no JSON, line " + at.getLineNr() + ", column " + at.getColumnNr() + ": "
                            + e.getOriginalMessage(),
                    e);
        }
    }

    /** One registry for each schema, so that two files with the same {@code $id} stay apart. It fetches nothing. */
    private static SchemaRegistry registry() {
        return SchemaRegistry.withDialect(
                DIALECT,
                builder -> builder.schemaRegistryConfig(STRICT)
                        .schemaLoader(loader -> loader.fetchRemoteResources(false)));
    }
}
