package dev.carillon.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How pages are read, and that no command escapes {@link DocsIT} without a reason. */
class PagesTest {

    @Test
    void every_command_is_run_or_says_why_not() throws IOException {
        // When
        List<String> unmarked = Page.all().stream()
                .flatMap(page -> page.blocks().stream()
                        .filter(Block::isShell)
                        .filter(block -> !block.isRunnable() && !block.saysWhySkipped())
                        .map(page::at))
                .toList();

        // Then
        assertThat(unmarked).isEmpty();
    }

    @Test
    void every_answer_follows_a_command() throws IOException {
        // When
        List<Page> pages = Page.all();

        // Then
        assertThat(pages)
                .allSatisfy(page -> assertThat(page.blocks().stream().filter(Block::isAnswer))
                        .hasSize((int) page.commands().stream()
                                .filter(command -> command.answer().isPresent())
                                .count()));
    }

    @Test
    void a_page_yields_its_commands_with_what_comes_back() {
        // When
        Page page = Page.of(
                Path.of("a.md"),
                List.of(
                        "```sh runnable",
                        "echo hi",
                        "```",
                        "words",
                        "```text answer",
                        "hi",
                        "```",
                        "```sh skipped=\"takes an hour\"",
                        "sleep 3600",
                        "```"));

        // Then
        assertThat(page.commands()).singleElement().satisfies(command -> {
            assertThat(command.block().text()).isEqualTo("echo hi");
            assertThat(command.answer()).map(Block::text).contains("hi");
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{'a': 1}              | {'a': 1.0, 'b': 2}    | true",
                "{'a': 'x…'}           | {'a': 'xyz'}          | true",
                "{'a': '…'}            | {'a': 7}              | true",
                "{'a': [1, '…']}       | {'a': [1, 2, 3]}      | true",
                "{'a': 1}              | {'z': 0} {'a': 1}     | true",
                "{'a': 1}              | {'a': 1} {'z': 0}     | false",
                "{'a': 1}              | {'a': '1'}            | false",
                "{'a': 'x…'}           | {'a': 'yz'}           | false",
                "{'a': [1]}            | {'a': [1, 2]}         | false",
                "{'a': null}           | {}                    | false",
                "{'a': []}             | {'a': {}}             | false"
            })
    void what_is_shown_must_have_come_back(String shown, String came, boolean same) throws IOException {
        // When
        var difference = Answer.difference(
                new Block(1, "json", "answer", List.of(shown.replace('\'', '"'))), came.replace('\'', '"'));

        // Then
        assertThat(difference.isEmpty()).isEqualTo(same);
    }

    @Test
    void lines_shown_must_have_come_back_in_their_order() throws IOException {
        // Given
        var shown = new Block(1, "text", "answer", List.of("HTTP/1.1 202 Accepted", "…", "Location: /api/…"));

        // Then
        assertThat(Answer.difference(shown, "HTTP/1.1 202 Accepted\nx: y\nLocation:  /api/v1\n"))
                .isEmpty();
        assertThat(Answer.difference(shown, "Location: /api/v1\nHTTP/1.1 202 Accepted\n"))
                .isPresent();
    }
}
