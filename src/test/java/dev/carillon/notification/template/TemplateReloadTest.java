package dev.carillon.notification.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Words of a directory are taken while the service runs, and broken ones leave the old ones in force. */
class TemplateReloadTest {

    @TempDir
    Path directory;

    private Templates templates;
    private TemplateReload reload;

    @BeforeEach
    void begin() throws IOException {
        write("HELLO/type.yaml", """
                description: A greeting
                category: order_updates
                channels: [sms]
                variables:
                  word: { type: string, required: true, example: hello, description: Any word }
                """);
        write("HELLO/sms.txt", "One {word}.");
        TemplateSettings settings = new InDirectory(directory);
        templates = new Templates(new Categories(settings), settings);
        reload = new TemplateReload(templates, settings);
    }

    @Test
    void a_changed_file_is_taken_when_two_looks_see_the_same() throws IOException {
        // When
        write("HELLO/sms.txt", "Two {word}.");
        reload.look();
        var halfWritten = said();
        reload.look();

        // Then
        assertThat(halfWritten).isEqualTo("One x.");
        assertThat(said()).isEqualTo("Two x.");
    }

    @Test
    void a_new_folder_is_a_new_type_and_one_that_goes_is_none() throws IOException {
        // When
        write("HOWDY/type.yaml", Files.readString(directory.resolve("HELLO/type.yaml")));
        write("HOWDY/sms.txt", "Howdy {word}.");
        looks();
        var there = templates.type("HOWDY").isPresent();
        Files.delete(directory.resolve("HOWDY/sms.txt"));
        Files.delete(directory.resolve("HOWDY/type.yaml"));
        looks();

        // Then
        assertThat(there).isTrue();
        assertThat(templates.type("HOWDY")).isEmpty();
        assertThat(templates.type("ORDER_SHIPPED")).isPresent();
    }

    @Test
    void a_broken_one_keeps_the_old_one_and_says_where_until_it_is_put_right() throws IOException {
        // When
        write("HELLO/sms.txt", "Two {wrod}.");
        looks();
        var problems = reload.problems();
        var meanwhile = said();
        write("HELLO/sms.txt", "Three {word}.");
        looks();

        // Then
        assertThat(problems).singleElement().asString().contains("HELLO/sms.txt");
        assertThat(meanwhile).isEqualTo("One x.");
        assertThat(said()).isEqualTo("Three x.");
        assertThat(reload.problems()).isEmpty();
    }

    @Test
    void what_is_published_stays_before_a_changed_file() throws IOException {
        // Given
        templates.publish(List.of(templates.compile(
                new TypeText(
                        "HELLO",
                        Map.of(
                                "type.yaml",
                                Files.readString(directory.resolve("HELLO/type.yaml")),
                                "sms.txt",
                                "Published {word}.")),
                "7")));

        // When
        write("HELLO/sms.txt", "Two {word}.");
        looks();

        // Then
        assertThat(said()).isEqualTo("Published x.");
        assertThat(templates.file("HELLO").orElseThrow().version()).isNotEqualTo("7");
    }

    private void looks() {
        reload.look();
        reload.look();
    }

    private String said() {
        return ((Rendered.RenderedText) templates.render(
                        templates.type("HELLO").orElseThrow(), "sms", Map.of("word", "x"), Map.of("name", "Alice")))
                .text();
    }

    private void write(String file, String text) throws IOException {
        var path = directory.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }
}
