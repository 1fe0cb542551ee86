package dev.carillon.eventsourced.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.keyword.NonValidationKeyword;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What editors are told of rules is what the reader takes. */
class RuleSchemaTest {

    private static final Path FILE = Path.of("docs/rules.schema.json");
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final Pattern EXAMPLE = Pattern.compile("```yaml\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern KNOWN = Pattern.compile("known here; known are (.*)");

    private final JsonNode json = read(FILE);
    private final Schema schema = SchemaRegistry.withDialect(Dialect.builder(Dialects.getDraft202012())
                    .keyword(new NonValidationKeyword("errorMessage"))
                    .build())
            .getSchema(json);

    private static JsonNode read(Path file) {
        try {
            return new ObjectMapper().readTree(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @TestFactory
    Stream<DynamicTest> every_rule_that_is_shipped_or_shown_fits() throws IOException {
        var texts = new ArrayList<DynamicTest>();
        for (var file : files("src/main/resources/rules", ".yaml")) {
            assertThat(Files.readString(file))
                    .startsWith("# yaml-language-server: $schema=../../../../docs/rules.schema.json\n");
            texts.add(fits(file.toString(), Files.readString(file)));
        }
        for (var page : files("docs", ".md")) {
            EXAMPLE.matcher(Files.readString(page))
                    .results()
                    .map(found -> found.group(1))
                    .filter(RuleSchemaTest::isRule)
                    .forEach(example -> texts.add(
                            fits(page + ": " + example.lines().findFirst().orElse(""), example)));
        }
        return texts.stream();
    }

    @Test
    void the_reader_and_the_schema_know_the_same_keys() {
        assertKeys("", "/$defs/rule", "- { id: r, on: a.b, zzz: 1, notify: { type: T } }");
        assertKeys("notify", "/$defs/notify", rule("notify: { type: T, zzz: 1 }"));
        assertKeys(
                "collect",
                "/$defs/rule/properties/collect",
                rule("when: 'true'\n  collect: { zzz: 1 }\n  notify: { type: T }"));
        assertKeys(
                "collect.timeout",
                "/$defs/rule/properties/collect/properties/timeout",
                rule(
                        "when: 'true'\n  collect: { by: event.id, item: event.id, value: event.id, expect: order.l, timeout: { zzz: 1 } }\n  notify: { type: T }"));
        assertKeys(
                "audience",
                "/$defs/rule/properties/audience/else",
                rule("audience: { zzz: 1 }\n  notify: { type: T }"));
        for (var clause : List.of("after", "absence", "digest", "throttle")) {
            assertKeys(
                    clause, "/$defs/rule/properties/" + clause, rule(clause + ": { zzz: 1 }\n  notify: { type: T }"));
        }
    }

    @Test
    void every_key_is_described() {
        json.findValues("properties")
                .forEach(properties -> properties.properties().forEach(key -> {
                    if (!key.getValue().has("$ref") || key.getValue().has("description")) {
                        assertThat(key.getValue().path("description").asText())
                                .as(key.getKey())
                                .isNotBlank();
                    }
                }));
    }

    @Test
    void what_the_reader_refuses_the_schema_refuses_where_it_can_tell() {
        assertThat(schema.validate(yaml("- { id: r, on: a.b, notify: { type: T } }")))
                .isEmpty();
        for (var broken : List.of(
                "- { id: r, on: a.b }",
                "- { id: 'no space', on: a.b, notify: { type: T } }",
                "- { id: r, on: [], notify: { type: T } }",
                "- { id: r, on: a.b, priority: urgent, notify: { type: T } }",
                "- { id: r, on: a.b, audience: { cart: x, segment: y }, notify: { type: T } }",
                "- { id: r, on: a.b, delay: tomorrow, notify: { type: T } }",
                "- { id: r, on: a.b, notify: { type: T, to: mars } }")) {
            assertThat(schema.validate(yaml(broken))).as(broken).isNotEmpty();
            assertThat(catchThrowableOfType(InvalidRuleException.class, () -> RuleFixtures.book(broken)))
                    .as(broken)
                    .isNotNull();
        }
    }

    private void assertKeys(String clause, String pointer, String withUnknownKey) {
        var refused = catchThrowableOfType(InvalidRuleException.class, () -> RuleFixtures.book(withUnknownKey));
        assertThat(refused).as(clause).isNotNull();
        var known = KNOWN.matcher(refused.getMessage());
        assertThat(known.find()).as(refused.getMessage()).isTrue();
        var inSchema = new TreeSet<String>();
        json.at(pointer).path("properties").fieldNames().forEachRemaining(inSchema::add);
        assertThat(inSchema).as(clause).containsExactlyInAnyOrder(known.group(1).split(", "));
    }

    private DynamicTest fits(String name, String text) {
        return DynamicTest.dynamicTest(
                name, () -> assertThat(schema.validate(yaml(text))).isEmpty());
    }

    private static JsonNode yaml(String text) {
        try {
            return YAML.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isRule(String example) {
        return example.contains("notify:") && example.contains("on:");
    }

    private static String rule(String lines) {
        return "- id: r\n  on: a.b\n  " + lines + "\n";
    }

    private static List<Path> files(String directory, String ending) throws IOException {
        try (var files = Files.walk(Path.of(directory))) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        }
    }
}
