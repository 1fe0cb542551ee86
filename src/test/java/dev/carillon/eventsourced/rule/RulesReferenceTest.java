package dev.carillon.eventsourced.rule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.carillon.notification.decision.Reason;
import dev.carillon.notification.template.Categories;
import dev.carillon.notification.template.NotificationType;
import dev.carillon.notification.template.Templates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What docs/rules-reference.md says must be so. */
class RulesReferenceTest {

    private static final Pattern EXAMPLE = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);
    private static final Pattern CODE = Pattern.compile("`([A-Z]+(?:_[A-Z]+)+|EXPIRED|THROTTLED)`");

    private final String page = read();

    @Test
    void every_example_is_a_rule_that_can_be_used() {
        // Given
        var types = new Templates(new Categories())
                .types().stream().collect(Collectors.toMap(NotificationType::name, type -> type));

        // When
        var book = RuleFixtures.book(List.of(new RuleSource("rules-reference.md", String.join("\n", found(EXAMPLE)))));

        // Then
        assertThat(book.rules())
                .hasSizeGreaterThan(12)
                .flatExtracting(Rule::targets)
                .allSatisfy(target -> {
                    assertThat(types).containsKey(target.type());
                    assertThat(types.get(target.type()).channels()).containsAll(target.channels());
                });
    }

    @Test
    void every_clause_is_described() throws JsonProcessingException {
        // Given
        var headings = page.lines().filter(line -> line.startsWith("## ")).collect(Collectors.joining("\n"));

        // Then
        assertThat(fields())
                .hasSizeGreaterThan(10)
                .allSatisfy(key -> assertThat(headings).contains("`" + key + "`"));
    }

    @Test
    void every_reason_code_it_names_exists() {
        // Given
        Set<String> codes = Arrays.stream(Reason.values()).map(Reason::name).collect(Collectors.toSet());

        // Then
        assertThat(found(CODE)).hasSizeGreaterThan(10).allMatch(code -> codes.contains(code) || isTypeName(code));
    }

    private static List<String> fields() throws JsonProcessingException {
        return new ObjectMapper()
                .readTree(RuleSchema.bundled().json())
                .at("/$defs/rule/properties")
                .propertyStream()
                .map(Map.Entry::getKey)
                .toList();
    }

    private static boolean isTypeName(String code) {
        return new Templates(new Categories()).type(code).isPresent();
    }

    private List<String> found(Pattern pattern) {
        return pattern.matcher(page)
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
    }

    private static String read() {
        try {
            return Files.readString(Path.of("docs/rules-reference.md"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
