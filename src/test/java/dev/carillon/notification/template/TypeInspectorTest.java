package dev.carillon.notification.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.carillon.notification.template.Inspection.Finding;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** All that is wrong with texts is said at once, each at its place. */
class TypeInspectorTest {

    private static final String TYPE = """
            description: A type for a test
            category: news
            channels: [sms]
            variables:
              word:   { type: string, required: true, example: hello, description: Any word }
              things: { type: list, required: false, example: [a, b], description: Any list }
            """;

    private final Templates templates = Scratch.saying("{word}").templates();

    @Test
    void texts_that_can_be_used_have_no_error() {
        var found = inspect(
                Map.of("sms.txt", "{word} {#for thing in things.orEmpty}{thing}{#if thing_hasNext}, {/if}{/for}"));

        assertThat(found.errors()).isEmpty();
        assertThat(found.warnings()).isEmpty();
        assertThat(found.folder()).isNotNull();
    }

    @Test
    void every_variable_that_is_not_declared_is_marked_in_every_file() {
        var found = inspect(Map.of("sms.txt", "Hi {wrod},\n\n{thigns} {word}", "sms.de.txt", "Hallo {wort}"));

        assertThat(found.errors())
                .extracting(Finding::file, Finding::line, Finding::variable)
                .contains(tuple("sms.de.txt", 1, "wort"), tuple("sms.txt", 1, "wrod"));
        assertThat(found.errors()).extracting(Finding::variable).contains("thigns");
        assertThat(found.errors())
                .extracting(Finding::detail)
                .anyMatch(detail -> detail.endsWith("did you mean word?"));
        assertThat(found.errors().get(1).column()).isNotNull();
        assertThat(found.folder()).isNull();
    }

    @Test
    void an_optional_variable_that_is_taken_for_granted_is_marked_with_the_remedy() {
        var found = inspect(Map.of("sms.txt", "{word}: {things.size}"));

        assertThat(found.errors()).singleElement().satisfies(one -> {
            assertThat(one.variable()).isEqualTo("things");
            assertThat(one.detail()).contains("things is optional; ask for it with {#if things??}");
        });
    }

    @Test
    void what_cannot_be_parsed_is_found_in_each_file() {
        var found = inspect(Map.of("sms.txt", "{#if word}", "sms.de.txt", "{#for}{/if}"));

        assertThat(found.errors()).extracting(Finding::file).containsExactlyInAnyOrder("sms.txt", "sms.de.txt");
    }

    @Test
    void what_is_missing_or_belongs_nowhere_is_an_error_too() {
        assertThat(inspect(Map.of("push.txt", "{word}")).errors())
                .extracting(Finding::detail)
                .containsExactly("belongs to none of the channels [sms]");
        assertThat(inspect(Map.of("sms.txt", "{word}", "type.yaml", "channels: [sms]"))
                        .errors())
                .extracting(Finding::file)
                .containsExactly("type.yaml");
    }

    @Test
    void a_variable_that_no_text_says_and_a_name_that_never_has_a_value_are_warnings() {
        var found = inspect(Map.of("sms.txt", "Hello {wrod ?: 'there'}"));

        assertThat(found.errors()).isEmpty();
        assertThat(found.warnings())
                .extracting(Finding::file, Finding::line, Finding::column, Finding::detail)
                .containsExactly(
                        tuple("sms.txt", 1, 7, "wrod is not among the type's variables; did you mean word?"),
                        tuple("type.yaml", 5, 3, "no text says word"),
                        tuple("type.yaml", 6, 3, "no text says things"));
    }

    private Inspection inspect(Map<String, String> files) {
        var all = new HashMap<>(Map.of("type.yaml", TYPE));
        all.putAll(files);
        return templates.inspect(new TypeText("SCRATCH", all), () -> false);
    }
}
